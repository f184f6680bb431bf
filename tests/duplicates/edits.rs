//! Edits of a sentence by rule, as wire copy undergoes them.

/// An edit, and what it makes of the words of the sentence with this number; `None` where it cannot be made.
pub(crate) type Edit = (
    &'static str,
    fn(words: &mut Vec<&str>, number: usize) -> Option<()>,
);

/// The edits, from the slightest to the heaviest.
pub(crate) const EDITS: [Edit; 9] = [
    ("punctuation and spelling", |words, _| {
        words.insert(words.len() / 2, "،");
        words.push("!");
        Some(())
    }),
    ("a word changed", |words, number| {
        *pick(words, number)? = REPLACEMENTS[number % REPLACEMENTS.len()];
        Some(())
    }),
    ("a word dropped", |words, number| {
        let at = number * 7919 % words.len();
        words.remove(at);
        Some(())
    }),
    ("a word added", |words, number| {
        let at = number * 7919 % (words.len() + 1);
        words.insert(at, REPLACEMENTS[number % REPLACEMENTS.len()]);
        Some(())
    }),
    ("a number made longer", |words, _| {
        let number = words
            .iter_mut()
            .find(|word| word.chars().all(char::is_numeric))?;
        *number = "1250000";
        Some(())
    }),
    ("a byline of two to five words before", |words, number| {
        let byline = BYLINES[number % BYLINES.len()].split_whitespace();
        words.splice(..0, byline);
        Some(())
    }),
    ("a byline before and a word changed", |words, number| {
        *pick(words, number)? = REPLACEMENTS[number % REPLACEMENTS.len()];
        words.splice(..0, BYLINES[number % BYLINES.len()].split_whitespace());
        Some(())
    }),
    ("two words changed", |words, number| {
        *pick(words, number)? = REPLACEMENTS[number % REPLACEMENTS.len()];
        *pick(words, number + 104_729)? = REPLACEMENTS[(number + 1) % REPLACEMENTS.len()];
        Some(())
    }),
    ("the last fifth cut off", |words, _| {
        words.truncate(words.len() - words.len() / 5);
        Some(())
    }),
];

/// `text` after `edit`, if the edit can be made and changes words.
pub(crate) fn edited(text: &str, number: usize, edit: &Edit) -> Option<String> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    edit.1(&mut words, number)?;
    Some(words.join(" "))
}

/// A word of the sentence, scattered evenly over its places as the numbers go.
fn pick<'a, 'b>(words: &'a mut [&'b str], number: usize) -> Option<&'a mut &'b str> {
    let n_words = words.len();
    words.get_mut(number * 7919 % n_words.max(1))
}

/// Words put in place of others or between them.
const REPLACEMENTS: [&str; 8] = [
    "أمس",
    "مجددا",
    "الجديد",
    "خمسون",
    "المدينة",
    "لاحقا",
    "بعض",
    "الماضي",
];

/// What agencies put before the first sentence.
const BYLINES: [&str; 4] = [
    "بغداد (رويترز) -",
    "القاهرة - أ ف ب:",
    "واشنطن - سكاي نيوز عربية -",
    "مراسل الوكالة من بيروت:",
];
