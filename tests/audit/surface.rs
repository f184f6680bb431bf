//! What is told of a sentence by rule.

use marsad::audit::{Frame, Spelling, frame};

#[test]
fn frames_are_told_by_marks_and_words() {
    for (text, expected) in [
        ("قال الوزير: «لن نتراجع»", Frame::Quoted),
        ("\"لن نتراجع\"", Frame::Quoted),
        ("“لن نتراجع”", Frame::Quoted),
        ("وأكّدت الوزارة أن الطريق مفتوح", Frame::Attributed),
        ("قتل جنديان، بحسب مصدر أمني", Frame::Attributed),
        ("فاز الفريق بهدفين", Frame::Plain),
        ("وفقد الفريق نقطتين", Frame::Plain),
        ("", Frame::Plain),
    ] {
        assert_eq!(frame(text), expected, "{text}");
    }
}

#[test]
fn spelling_habits_are_told_by_characters_and_words() {
    use Spelling::{ArabicIndicDigits, MaqsuraForYa, NoHamza, Tatweel, VowelMarks};
    for (text, expected) in [
        ("وصل الى المدينة", &[NoHamza][..]),
        ("وصل الى المدينة أمس", &[]),
        ("وصل إلى المدينة", &[]),
        ("وصل والى جانبه الوزير", &[NoHamza]),
        // Nothing in it could bear a hamza.
        ("وصل وفد", &[]),
        ("عقد فى القاهرة", &[MaqsuraForYa]),
        ("وصل على متن طائرة", &[]),
        ("خطّة", &[VowelMarks]),
        ("خطـــة", &[Tatweel]),
        ("عام ٢٠١٥ و2016", &[ArabicIndicDigits]),
        ("عام ۱۳۹۴", &[ArabicIndicDigits]),
    ] {
        let found: Vec<Spelling> = Spelling::ALL
            .into_iter()
            .filter(|s| s.is_in(text))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
