//! The words of page furniture, in folded spelling (see `FoldedUnit`).
//!
//! White space separates words and `|` separates phrases. A test checks that every word
//! equals its own folding.

/// Units that are furniture when nothing else stands in them but marks.
pub(crate) const WHOLE_UNITS: &str = "\
    المزيد | اقرا المزيد | للمزيد | اعلان | اعلانات | advertisement | read more | more | \
    الرييسيه | الصفحه الرييسيه | العوده الي الاعلي | اعلي الصفحه | التالي | السابق | \
    الصفحه التاليه | الصفحه السابقه | next previous | next | previous | التالي السابق | \
    السابق التالي | انتهي | يتبع | سياسه الخصوصيه | شروط الاستخدام | اتصل بنا | من نحن | \
    خريطه الموقع | هييه التحرير | تسجيل الدخول | انشاء حساب | حمل التطبيق | تحميل التطبيق | \
    حمل تطبيقنا | الاكثر قراءه | الاكثر مشاهده | الاكثر تداولا | اخترنا لك | اخترنا لكم | \
    مواضيع ذات صله | موضوعات ذات صله | اخبار ذات صله | مقالات ذات صله | ذات صله | \
    مواضيع متعلقه | موضوعات متعلقه | اخبار متعلقه | مواضيع مشابهه | اقرا في هذا المقال | \
    قد يعجبك | قد يعجبك ايضا | قد يهمك | شاهد | شاهد الفيديو | شاهد الصور | البوم الصور | \
    معرض الصور | فيديو | بالفيديو | بالصور | استمع للخبر | استمع الي المقال | التعليقات | \
    تعليقات | تعليق | لا تعليقات | لا توجد تعليقات | لا يوجد تعليقات | اضف تعليق | اضف تعليقا | \
    اضف تعليقك | اضافه تعليق | اكتب تعليق | اكتب تعليقا | اكتب تعليقك | اكتب تعليقك هنا | \
    اترك تعليق | اترك تعليقا | اترك تعليقك | اترك ردا | اترك رد | ارسل تعليقك | ارسل التعليق | \
    عرض التعليقات | عرض كل التعليقات | كن اول من يعلق | كن اول من يعلق علي الخبر | شارك برايك | \
    شاركنا برايك | شارك بتعليقك | الغاء الرد | رد | ابلاغ عن تعليق | ابلغ عن خطا | اضافه رد | \
    الاسم | الاسم الكامل | التعليق | عنوان التعليق | نص التعليق | رمز التحقق | \
    الموقع الالكتروني | البريد الالكتروني | بريدك الالكتروني | الكلمات المفتاحيه | \
    الكلمات الدلاليه | وسوم | تابعنا | تابعونا | مشاركه | شارك | share | print | email | \
    اشترك الان | اشترك في النشره البريديه | اشترك في نشرتنا البريديه | النشره البريديه | \
    عنوان صحفي | تم نسخ الرابط | عاجل";

/// Beginnings after which the rest of a unit is a link to another page.
pub(crate) const LINK_LEADS: &str = "\
    اقرا ايضا | اقراوا ايضا | اقراي ايضا | شاهد ايضا | شاهدوا ايضا | طالع ايضا | تابع ايضا | \
    انظر ايضا | قد يهمك ايضا | قد يهمكم ايضا | قد يعجبك ايضا | وقد يهمك ايضا | ربما يهمك ايضا | \
    رابط الخبر | رابط المقال | رابط الموضوع | رابط الفيديو | لقراءه المزيد | \
    للاطلاع علي المزيد | لمشاهده الفيديو اضغط | لمتابعه اخر الاخبار | read also | see also";

/// Beginnings of a link when a mark (`:` `|` `/` `-` or dots) follows them.
pub(crate) const MARKED_LINK_LEADS: &str = "\
    اقرا | اقرا المزيد | اقرا عن | للمزيد | المزيد | قد يهمك | قد يهمكم | قد يعجبك | ذات صله | \
    موضوع ذو صله | خبر ذو صله | مواضيع ذات صله | موضوعات ذات صله | اخبار ذات صله | \
    مقالات ذات صله | لقراءه الخبر | الكلمات المفتاحيه | الكلمات الدلاليه | كلمات دلاليه | \
    كلمات مفتاحيه | وسوم | الوسوم | سمات | تاغات | tags | رمز التحقق | الرييسيه | read more";

/// What asks the reader to click.
pub(crate) const CLICK_PHRASES: &str = "\
    اضغط هنا | انقر هنا | اضغطوا هنا | اضغط علي الرابط | click here";

/// Rights notices and disclaimers.
pub(crate) const RIGHTS_PHRASES: &str = "\
    حقوق النشر محفوظه | حقوق الطبع محفوظه | جميع الحقوق محفوظه | كافه الحقوق محفوظه | \
    الحقوق محفوظه | النشر محفوظه | الطبع محفوظه | الملكيه محفوظه | all rights reserved";

/// Disclaimers, at the beginning of a unit that also holds one of `OPINION_WORDS`.
pub(crate) const DISCLAIMER_LEADS: &str = "\
    جميع المقالات | المقالات المنشوره | الاراء الوارده | الاراء المنشوره | جميع الاراء | \
    جميع التعليقات | التعليقات المنشوره | التعليقات الوارده | مقالات الراي | المقال يعبر | \
    هذا المقال يعبر | ما ينشر";

/// What a disclaimer says whose opinion is printed.
pub(crate) const OPINION_WORDS: &str = "\
    كتابها كاتبها كاتبه اصحابها صاحبها صاحبه";

/// Beginnings of forms and of invitations to comment.
pub(crate) const FORM_LEADS: &str = "\
    لن يتم نشر عنوان بريدك | لن يتم نشر بريدك | لن ينشر بريدك | الحقول الالزاميه | \
    الحقول المطلوبه | يجب تسجيل الدخول | احفظ اسمي | اشترك في قناتنا | انضم الي قناتنا | \
    اشترك في نشرتنا | عدد الحروف المتبقيه | التعليقات المنشوره لا تعبر | ادخل بريدك";

/// Beginnings of lines that ask for a text message or a letter to the author.
pub(crate) const CONTACT_LEADS: &str = "\
    للتواصل لمراسله للمراسله للاشتراك ارسل راسل تويتر ايميل بريد البريد email e twitter سناب \
    انستغرام فيسبوك لمتابعه للمتابعه لمعرفه";

/// Telephone companies, as in the short numbers of the letters page.
pub(crate) const TELEPHONE_WORDS: &str = "\
    زين موبايلي الاتصالات stc mobily zain جوال هاتف فاكس تحويله ت ف ص ب";

/// Words that name a way of sharing or a reading aid; one of them must occur.
pub(crate) const CONTROL_KEYS: &str = "\
    شارك شاركها مشاركه شير غرد تغريد اطبع طباعه share tweet print facebook twitter whatsapp \
    telegram linkedin pinterest instagram email فيسبوك تويتر واتساب واتس تلغرام تليجرام تيليجرام \
    تلجرام لينكدان لينكد انستغرام انستجرام يوتيوب بينتريست ماسنجر حجم تكبير تصغير نسخ ايميل copy \
    messenger a gmail";

/// Invitations to follow, furniture when one of `CONTROL_KEYS` or an address comes too.
pub(crate) const FOLLOW_LEADS: &str = "\
    تابعنا علي | تابعونا علي | تابعوا | تابعونا عبر | تابعنا عبر | follow us";

/// Words that may stand beside `CONTROL_KEYS`.
pub(crate) const CONTROL_FILLERS: &str = "\
    الخط النص خط الرابط رابط link بريد البريد الالكتروني حفظ ارسال ارسل ارسله الي علي عبر في مع \
    هذا هذه الخبر المقال المقاله الموضوع الصفحه صديق لصديق اصدقايك الاصدقاء بلس جوجل غوغل اب ان \
    كبير صغير متوسط عادي افتراضي اكبر اصغر المفضله اضف استمع plus google by on this to the save \
    الموقع x pdf rss خلاصه ايقونه زر جديد تغيير نافذه";

/// Words that name what is counted; one of them must stand beside a number.
pub(crate) const COUNTER_KEYS: &str = "\
    المشاهدات مشاهدات مشاهده القراءات قراءات قراءه القراءه الزيارات زيارات زياره الزوار \
    التعليقات تعليقات تعليق تعليقا مشاركات المشاركات اعجاب اعجابات لايك نقره view views comments \
    comment shares likes للقراءه المشاهده";

/// Words that may stand beside `COUNTER_KEYS`.
pub(crate) const COUNTER_FILLERS: &str = "\
    عدد مره مرات وقت مده زمن دقيقه دقايق دقيقتان اجمالي الخبر المقال k الف min read";

/// The words that ages of pages are told in: «منذ 3 ساعات».
pub(crate) const AGE_WORDS: &str = "\
    ثانيه ثوان ثواني دقيقه دقايق ساعه ساعات يوم ايام يوما اسبوع اسابيع شهر اشهر شهور سنه سنوات \
    عام اعوام";

/// The names of the months in every habit.
pub(crate) const MONTHS: &str = "\
    يناير فبراير مارس ابريل مايو يونيو يونيه يوليو يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر جانفي \
    فيفري افريل ماي جوان جويليه اوت يوليوز غشت شتنبر نونبر دجنبر كانون شباط اذار نيسان ايار \
    حزيران تموز اب ايلول تشرين محرم صفر ربيع جمادي رجب شعبان رمضان شوال القعده الحجه قعده حجه \
    january february march april may june july august september october november december jan \
    feb mar apr jun jul aug sep oct nov dec";

/// Words that may stand beside a date or a time of day.
pub(crate) const DATE_FILLERS: &str = "\
    الاول الثاني الاولي الثانيه الاخر الاخره ذو ذي محرم ه م ص ت هجري ميلادي الموافق في يوم \
    الساعه صباحا مساء ظهرا فجرا عصرا ليلا بتوقيت غرينتش غرينيتش جرينتش مكه المكرمه القاهره \
    السعوديه ابوظبي المحلي التاريخ تاريخ النشر نشر نشرت اخر تحديث التحديث الوقت gmt am pm utc \
    السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه updated published عام سنه لسنه";

/// Agencies, desks and archives that a unit may name as its source.
pub(crate) const CREDITS: &str = "\
    رويترز فرانس برس 24 فرانس24 ا ف ب د ش ي و م ع ج اسوشيتد اسوشييتد اسوشيتدبرس الاناضول سبوتنيك \
    شينخوا تاس واس وام بترا كونا قنا وفا سانا واع وكاله وكالات الوكالات متابعات متابعه خاص مواقع \
    انباء الانباء للانباء صحف ارشيف الارشيف ارشيفيه صوره الصوره صور من المصدر عين اليوم getty \
    images reuters afp ap epa gettyimages غيتي جيتي ايماجز تعبيريه توضيحيه";

/// Credits that make a unit of credits alone a source line; one of them must occur.
pub(crate) const CREDIT_KEYS: &str = "\
    رويترز برس فرانس24 اسوشيتدبرس الاناضول سبوتنيك شينخوا واس بترا كونا وكالات الوكالات متابعات \
    متابعه خاص ارشيف الارشيف ارشيفيه getty reuters afp gettyimages غيتي جيتي ايماجز تعبيريه \
    توضيحيه";

/// Words before the name of the person who wrote, took or put together something.
pub(crate) const AUTHOR_LEADS: &str = "\
    كتب كتبت كتبه بقلم اعداد اعدها اعده ترجمه تحرير تصوير عدسه المصور photo by حاوره حاورته \
    حاورها";

/// Places and desks that stand beside a dash in a byline.
pub(crate) const BYLINE_PLACES: &str = "\
    الرياض جده الدمام الطايف ابها بريده حايل تبوك جازان نجران الباحه عرعر سكاكا عنيزه الخرج \
    الاحساء الجبيل القطيف ينبع عسير القصيم الرس المكرمه المنوره القاهره الاسكندريه الجيزه بيروت \
    دمشق حلب عمان بغداد البصره اربيل الموصل كركوك القدس غزه الله صنعاء عدن تعز الحديده مسقط \
    الدوحه المنامه الكويت دبي ابوظبي ظبي الشارقه عجمان الخرطوم طرابلس بنغازي تونس سوسه صفاقس \
    الجزاير وهران الرباط البيضاء طنجه مراكش فاس نواكشوط مقديشو لندن باريس واشنطن نيويورك موسكو \
    برلين روما مدريد جنيف بروكسل انقره اسطنبول طهران بكين طوكيو اباد عواصم متابعات وكالات واس \
    خاص رويترز متابعه";

/// Words that no name holds, so that no byline does.
pub(crate) const NOT_NAMES: &str = "\
    في من الي عن مع بعد قبل منذ خلال هل لا لم لن ان كل بين ضد حول";
