//! The words by which the surface of a sentence is told.

/// Words of saying and of sources, in normalised spelling (`news-1`).
#[rustfmt::skip]
pub(super) const ATTRIBUTION: [&str; 52] = [
    // Said, says.
    "قال", "قالت", "قالوا", "يقول", "تقول", "قايلا", "قايله",
    // Confirmed, announced, declared, added, made clear.
    "اكد", "اكدت", "يوكد", "موكدا", "اعلن", "اعلنت", "يعلن", "صرح", "صرحت", "اضاف", "اضافت", "اوضح", "اوضحت",
    // Mentioned, reported, pointed out, stressed, considered.
    "ذكر", "ذكرت", "افاد", "افادت", "اشار", "اشارت", "مشيرا", "شدد", "شددت", "اعتبر", "اعتبرت", "تابع",
    // Condemned, called for, warned, denied, disclosed, relayed.
    "ادان", "ادانت", "دعا", "دعت", "حذر", "حذرت", "نفي", "نفت", "كشف", "كشفت", "نقلت",
    // According to, citing; a source, sources, a spokesman, a statement.
    "بحسب", "حسب", "وفق", "وفقا", "نقلا", "مصدر", "مصادر", "المتحدث", "متحدث",
];

/// Words that ought to have a hamza, printed without: to, that, that it, that she, or, if, yesterday, more.
pub(super) const BARE_HAMZA: [&str; 8] = ["الى", "ان", "انه", "انها", "او", "اذا", "امس", "اكثر"];

/// Words that ought to end in ya, printed with alef maqsura: in, who, which, about, past, second, current, Egyptian.
pub(super) const MAQSURA_FOR_YA: [&str; 8] = [
    "فى",
    "الذى",
    "التى",
    "حوالى",
    "الماضى",
    "الثانى",
    "الحالى",
    "المصرى",
];
