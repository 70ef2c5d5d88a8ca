/*
 * How a byline becomes names.  The text is cut at commas, semicolons, slashes
 * between Han names and words that mean "and".  Each piece loses what is no
 * name: labels before it, brackets, addresses, dates and roles behind it.  What
 * is left must be plausible: when a label announced a name, nearly anything
 * short is (people publish as "flerche"); without a label it has to be written
 * as names are written, in capitals or with a Chinese surname in front.
 *
 * In a list that names a person, organisations are where the person works and
 * go; alone, an organisation is the author ("AFP").
 */
#include "extract/page_names.h"

#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_labels.h"

#define NAME_MAX_BYTES   120
#define NAME_MAX_WORDS   8
#define WORD_MAX_BYTES   48
#define BYLINE_MAX_BYTES 600
#define JAPANESE_BYTES   6 /* of one surname in the list */

enum name_word {
    WORD_NOBODY,
    WORD_ORG,
    WORD_ORG_END,
    WORD_ROLE,
    WORD_TITLE,
    WORD_PARTICLE,
    WORD_AFTER_NAME,
    WORD_PROSE,
    WORD_BEFORE,
    WORD_AND,
    WORD_WAW,
    WORD_MONTH
};

static const struct {
    struct str spelling;
    uint8_t kind;
} name_words[] = {
#define NAME(kind, spelling) {STR_INIT(spelling), WORD_##kind},
#include "extract/names.def"
#undef NAME
};

#define N_WORDS (sizeof name_words / sizeof name_words[0])

/* One byte for each row, from its kind, first byte and length: a search for a
 * word looks for its byte, and then at the few rows that have it. */
#define SORT_OF(kind, first, n)                                                \
    (unsigned char)((kind)*37u + (unsigned char)(first) + (n)*53u)
#define NAME(kind, spelling)                                                   \
    SORT_OF(WORD_##kind, (spelling)[0], sizeof(spelling) - 1),
static const unsigned char word_sorts[] = {
#include "extract/names.def"
};
#undef NAME

/* The commonest Chinese surnames, simplified and traditional; double ones are
 * in the second list. */
static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘"
    "于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐"
    "易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕"
    "单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆"
    "农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟"
    "邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠"
    "荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠"
    "豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿"
    "薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅"
    "利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由陳張劉楊黃趙吳孫馬鄭"
    "謝許韓馮鄧蕭葉蘇呂盧鐘鍾譚陸范賈韋鄒閆龍賀顧龔萬錢嚴湯莊聶魯歐關蘭寧紀畢單"
    "塗駱藍遊華羅";

static const char double_surnames[] = "欧阳歐陽上官司马司馬诸葛諸葛尉迟皇甫慕容"
                                      "令狐司徒端木公孙夏侯东方长孙宇文南宫";

/* The commonest Japanese surnames, of two characters each. */
static const char japanese_surnames[] =
    "佐藤鈴木高橋田中伊藤渡辺渡邉渡邊山本中村小林加藤吉田"
    "山田山口松本井上木村清水山崎山﨑池田橋本阿部石川山下"
    "中島石井小川前田岡田長谷藤田後藤近藤村上遠藤青木坂本"
    "斉藤斎藤齋藤齊藤福田太田西村藤井金子岡本藤原三浦中野"
    "原田中川松田竹内小野田村中山和田石田上田内田柴田酒井"
    "宮崎横山高木安藤宮本大野小島工藤谷口今井高田丸山増田"
    "杉山村田大塚小山平野河野上野野口武田松井千葉菊地菊池"
    "岩崎桜井野村木下松尾佐野大西杉本新井浜田市川古川水野"
    "小松島田小池山内西田高野西川北村安田五十飯田川口中田"
    "平田吉川辻村関口川崎本田久保秋山川上中西福島服部樋口"
    "永井片山岩田松岡矢野大島黒田吉村川村樋渡福井荒木大橋"
    "本間松原熊谷小田早川川田平井望月土屋荒井大川成田奥村"
    "尾崎内藤須藤大久岡崎篠原中尾大石栗原森田森本松浦広瀬"
    "馬場浅野白石小西浅井石原関根永田岡村大谷広田堀内星野"
    "武藤大森神田児玉西山片岡宮田富田吉岡東海江口西尾青山"
    "南部織田";

static bool is_upper(uint32_t c)
{
    return label_fold(c) != c;
}

/* S folded into TO; empty when it does not fit. */
static struct str folded(struct str s, char to[NAME_MAX_BYTES])
{
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t c = label_fold(utf8_next(s, &i));

        if (n + 4 > NAME_MAX_BYTES)
            return STR_NONE;
        n += utf8_put(to + n, c);
    }
    return str_of(to, n);
}

static bool is_word_of(struct str s, enum name_word kind)
{
    char to[NAME_MAX_BYTES];
    struct str f;

    if (s.n == 0 || s.n > WORD_MAX_BYTES)
        return false;
    f = folded(s, to);
    if (f.n == 0)
        return false;
    for (size_t i = 0; i < N_WORDS; i++) {
        const unsigned char *hit =
            memchr(word_sorts + i, SORT_OF(kind, f.p[0], f.n), N_WORDS - i);

        if (hit == NULL)
            return false;
        i = (size_t)(hit - word_sorts);
        if (name_words[i].kind == kind && str_eq(name_words[i].spelling, f))
            return true;
    }
    return false;
}

/* The longest word of KIND at the front (or the end) of S, in bytes. */
static size_t affix(struct str s, enum name_word kind, bool at_end)
{
    size_t longest = 0;

    for (size_t i = 0; i < N_WORDS; i++) {
        struct str w = name_words[i].spelling;

        if (name_words[i].kind == kind && w.n > longest &&
            (at_end ? str_ends(s, w) : str_starts(s, w)))
            longest = w.n;
    }
    return longest;
}

/* ---- what a text is made of ---------------------------------------------- */

struct letters {
    size_t chars, han, cjk, letters, digits, words;
};

/* In the digits of the scripts that names are read in here. */
static bool is_any_digit(uint32_t c)
{
    return (c < 0x80 && is_digit((char)c)) || (c >= 0x660 && c <= 0x669) ||
           (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x966 && c <= 0x96F) ||
           (c >= 0xFF10 && c <= 0xFF19);
}

static struct letters count_letters(struct str s)
{
    struct letters l = {0};
    bool in_word = false;

    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        bool blank = is_blank(c);

        l.chars++;
        l.han += is_han(c);
        l.cjk += is_cjk(c);
        l.digits += is_any_digit(c);
        l.letters += is_cjk(c) || (is_word_char(c) && !is_any_digit(c));
        l.words += !blank && !in_word;
        in_word = !blank;
    }
    return l;
}

bool name_is_nobody(struct str text)
{
    return is_word_of(str_trim_wide(text), WORD_NOBODY);
}

bool name_is_org(struct str text)
{
    struct str rest = text, word;

    if (affix(text, WORD_ORG_END, true) > 0)
        return true;
    while (str_word(&rest, &word)) {
        while (word.n > 1 &&
               (str_ends(word, STR(",")) || str_ends(word, STR(")"))))
            word.n--;
        if (is_word_of(word, WORD_ORG))
            return true;
    }
    /* "sportschau.de": a site signs its own texts. */
    return str_find_char(text, ' ', 0) == STR_NOT_FOUND &&
           str_find_char(text, '.', 1) != STR_NOT_FOUND && text.n > 4 &&
           !str_ends(text, STR("."));
}

/* "高橋花子": two characters of the list, and one or two behind. */
static bool is_japanese_name(struct str s, size_t chars)
{
    struct str all = str_from_c(japanese_surnames);

    if (chars < 3 || s.n <= JAPANESE_BYTES)
        return false;
    for (size_t i = 0; i < all.n; i += JAPANESE_BYTES)
        if (str_starts(s, str_slice(all, i, i + JAPANESE_BYTES)))
            return true;
    return false;
}

/* Names of four characters have a surname of two. */
static bool has_surname(struct str s, size_t chars)
{
    size_t first = 0, second;
    struct str one, two;

    (void)utf8_next(s, &first);
    one = str_slice(s, 0, first);
    if (chars < 4 && str_has(str_from_c(surnames), one))
        return true;
    second = first;
    if (second >= s.n)
        return false;
    (void)utf8_next(s, &second);
    two = str_slice(s, 0, second);
    return second < s.n && str_has(str_from_c(double_surnames), two);
}

bool name_is_han(struct str text)
{
    struct letters l = count_letters(text);

    return l.han == l.chars && l.chars >= 2 && l.chars <= 4 &&
           (has_surname(text, l.chars) || is_japanese_name(text, l.chars)) &&
           !name_is_nobody(text) && affix(text, WORD_ORG_END, true) == 0;
}

/* Three syllables of hangul, nothing else. */
static bool is_hangul_name(struct str s)
{
    size_t chars = 0;

    for (size_t i = 0; i < s.n; chars++) {
        uint32_t c = utf8_next(s, &i);

        if (c < 0xAC00 || c > 0xD7A3)
            return false;
    }
    return chars == 3;
}

/* Hangul or kana with Han, of the length of a name. */
static bool is_cjk_name(struct str text)
{
    struct letters l = count_letters(text);

    if (l.cjk == 0 || l.cjk + 2 < l.chars || name_is_nobody(text))
        return false;
    if (l.han == l.chars)
        return name_is_han(text);
    return l.chars >= 2 && l.chars <= 8 &&
           affix(text, WORD_ORG_END, true) == 0 && l.digits == 0;
}

static bool is_name_word(struct str word)
{
    size_t at = 0;
    uint32_t c = utf8_next(word, &at);

    if (is_word_of(word, WORD_PARTICLE))
        return true;
    if (is_word_of(word, WORD_PROSE) || is_word_of(word, WORD_ORG))
        return false;
    if (str_starts(word, STR("d'")) || str_starts(word, STR("O'")) ||
        str_starts(word, STR("al-")) || str_starts(word, STR("d’")))
        return true;
    /* Scripts without capitals: any letter will do. */
    return is_upper(c) || c >= 0x530;
}

bool name_is_person(struct str text)
{
    struct str rest = text, word;
    size_t words = 0, capitals = 0;
    struct letters l = count_letters(text);

    if (l.cjk > 0)
        return is_cjk_name(text);
    if (l.chars > 45 || l.digits > 0 || l.letters + l.words + 4 < l.chars ||
        name_is_nobody(text))
        return false;
    while (str_word(&rest, &word)) {
        if (!is_name_word(word))
            return false;
        words++;
        capitals += !is_word_of(word, WORD_PARTICLE);
        for (size_t i = 0; i < word.n; i++)
            if (word.p[i] != '\0' && word.p[i] < 0x40 && word.p[i] > ' ' &&
                word.p[i] != '-' && word.p[i] != '.' && word.p[i] != '\'')
                return false;
    }
    return words >= 2 && words <= 5 && capitals >= 2;
}

bool name_same(struct str a, struct str b)
{
    size_t i = 0, j = 0;

    for (;;) {
        uint32_t x = 0, y = 0;

        while (i < a.n && is_blank(x = utf8_next(a, &i)))
            x = 0;
        while (j < b.n && is_blank(y = utf8_next(b, &j)))
            y = 0;
        if (x == 0 || y == 0)
            return x == y;
        if (label_fold(x) != label_fold(y))
            return false;
    }
}

/* ---- cleaning one piece --------------------------------------------------- */

/* Marks that never begin or end a name. */
static bool is_edge_mark(uint32_t c, bool at_end)
{
    if (is_blank(c))
        return true;
    if (c < 0x80)
        return !is_alnum((char)c) && !(at_end && (c == '.' || c == '!'));
    return (c >= 0x2010 && c <= 0x2044) || (c >= 0x3001 && c <= 0x301F) ||
           c == 0xB7 || c == 0xAB || c == 0xBB || c == 0xFF1A || c == 0xFF0C ||
           c == 0xFF08 || c == 0xFF09 || c == 0xFF5C || c == 0xFF1B ||
           c == 0xFF0F || (c >= 0x2190 && c <= 0x2BFF) || c == 0x4E28 ||
           c >= 0x1F000;
}

static struct str trim_marks(struct str s)
{
    while (s.n > 0) {
        size_t at = 0;

        if (!is_edge_mark(utf8_next(s, &at), false))
            break;
        s = str_from(s, at);
    }
    while (s.n > 0) {
        size_t at = s.n;

        if (!is_edge_mark(utf8_prev(s, &at), true))
            break;
        s.n = at;
    }
    /* A full stop stays behind an initial and "Jr.", and goes elsewhere. */
    if (str_ends(s, STR(".")) && s.n > 4 && s.p[s.n - 3] != ' ' &&
        s.p[s.n - 3] != '.' && !str_ends_nocase(s, STR("jr.")) &&
        !str_ends_nocase(s, STR("sr.")))
        s.n--;
    return s;
}

/* "ByJane Roe": the blank was in the markup. */
static struct str cut_glued_by(struct str s)
{
    if (s.n > 4 && (str_starts(s, STR("By")) || str_starts(s, STR("by"))) &&
        s.p[2] >= 'A' && s.p[2] <= 'Z' && is_alpha(s.p[3]))
        return str_from(s, 2);
    return s;
}

static struct str cut_before(struct str s)
{
    s = cut_glued_by(s);
    for (int round = 0; round < 3; round++) {
        size_t longest = 0;

        for (size_t i = 0; i < N_WORDS; i++) {
            struct str w = name_words[i].spelling;
            char to[NAME_MAX_BYTES];
            struct str head;

            if (name_words[i].kind != WORD_BEFORE || w.n >= s.n ||
                w.n <= longest || w.n >= NAME_MAX_BYTES)
                continue;
            head = folded(utf8_clip(s, w.n + 2), to);
            if (str_starts(head, w) &&
                (s.p[w.n] == ' ' || !is_alpha(w.p[w.n - 1])) &&
                str_eq(folded(utf8_clip(s, w.n), to), w))
                longest = w.n;
        }
        if (longest == 0)
            break;
        s = trim_marks(str_from(s, longest));
    }
    return s;
}

/* "Jane Roe (Berlin)", "杨倩_NF4425", "甲乙丙[实习]" without what is added. */
static struct str cut_behind(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);

        if (at > 0 && (c == '(' || c == 0xFF08 || c == '[' || c == '<' ||
                       c == '{' || c == 0x3010 || c == 0x2022 || c == '|' ||
                       (c == '_' && count_letters(str_slice(s, 0, at)).cjk)))
            return str_slice(s, 0, at);
    }
    return s;
}

static bool is_address(struct str word)
{
    return str_find_char(word, '@', 0) != STR_NOT_FOUND ||
           str_has_nocase(word, STR("http:")) ||
           str_has_nocase(word, STR("https:")) ||
           str_starts_nocase(word, STR("www."));
}

/* "Jane RoeNovember": the month of the date that follows, glued to the name; but
 * LeMay and DeMar are names. */
static struct str cut_glued_month(struct str s)
{
    for (size_t i = 1; i + 5 <= s.n; i++)
        if (s.p[i] >= 'A' && s.p[i] <= 'Z' && s.p[i - 1] >= 'a' &&
            s.p[i - 1] <= 'z' && is_word_of(str_from(s, i), WORD_MONTH))
            return str_slice(s, 0, i);
    return s;
}

/* Where the name ends among the words of an alphabetic piece. */
static struct str cut_words(struct str s)
{
    struct str rest = s, word;
    size_t words = 0, letters = 0;

    while (str_word(&rest, &word)) {
        size_t at = (size_t)(word.p - s.p);
        struct str bare = word;

        while (bare.n > 1 &&
               (bare.p[bare.n - 1] == ',' || bare.p[bare.n - 1] == ':'))
            bare.n--;
        if (is_address(word) || (words > 0 && is_digit(word.p[0])))
            return str_slice(s, 0, at);
        if (words >= 1 && is_word_of(bare, WORD_MONTH) && rest.n > 0 &&
            (is_digit(rest.p[0]) || (rest.n > 1 && is_digit(rest.p[1]))))
            return str_slice(s, 0, at);
        if (words >= 1 && (str_eq(word, STR("-")) || str_eq(word, STR("–")) ||
                           str_eq(word, STR("—")) || str_eq(word, STR("·"))))
            return str_slice(s, 0, at);
        if (words >= 2 && letters >= 4 &&
            (is_word_of(bare, WORD_ROLE) || is_word_of(bare, WORD_PROSE)))
            return name_is_org(s) ? s : str_slice(s, 0, at);
        words++;
        letters += count_letters(word).letters;
    }
    return s;
}

/* "Reporter", "Herald-Korrespondentin" */
static bool is_role_word(struct str word)
{
    size_t hyphen = str_find_last(word, '-');

    return is_word_of(word, WORD_ROLE) ||
           (hyphen != STR_NOT_FOUND &&
            is_word_of(str_from(word, hyphen + 1), WORD_ROLE));
}

/* "Reporter Jane Roe": roles before a name of two words at least. */
static struct str cut_leading_roles(struct str s)
{
    struct str rest = s, word;

    while (str_word(&rest, &word))
        if (!is_role_word(word))
            break;
    if (word.p == s.p || word.p == NULL)
        return s;
    rest = str_from(s, (size_t)(word.p - s.p));
    return name_is_person(rest) ? rest : s;
}

static struct str cut_titles(struct str s)
{
    for (int round = 0; round < 4; round++) {
        size_t front = affix(s, WORD_TITLE, false);
        size_t end = affix(s, WORD_TITLE, true);

        if (front > 0 && front < s.n)
            s = trim_marks(str_from(s, front));
        else if (end > 0 && end < s.n)
            s = trim_marks(str_slice(s, 0, s.n - end));
        else
            break;
    }
    return s;
}

/* Codes of editors: "XX666", "PK155" behind a Han name. */
static struct str cut_code(struct str s)
{
    size_t end = s.n;

    while (end > 0 && is_alnum(s.p[end - 1]))
        end--;
    if (end > 0 && end < s.n && count_letters(str_from(s, end)).digits > 0 &&
        count_letters(str_slice(s, 0, end)).cjk > 0)
        return trim_marks(str_slice(s, 0, end));
    return s;
}

/* "某网专栏作者 甲乙丙", "어느신문 홍길동": outlet and role, a blank, the name. */
static struct str cut_outlet_and_role(struct str s)
{
    size_t blank = str_find_last(s, ' ');
    struct str last;

    if (blank == STR_NOT_FOUND)
        return s;
    last = str_from(s, blank + 1);
    if (is_hangul_name(last) &&
        affix(str_trim(str_slice(s, 0, blank)), WORD_ORG_END, true) > 0)
        return last;
    return name_is_han(last) &&
                   affix(str_trim(str_slice(s, 0, blank)), WORD_TITLE, true) > 0
               ? last
               : s;
}

/* "Jane Roe/AP": a person, and whom she works for. */
static struct str cut_slash(struct str s)
{
    size_t slash = str_find_char(s, '/', 0);

    return slash != STR_NOT_FOUND && name_is_person(str_slice(s, 0, slash))
               ? str_slice(s, 0, slash)
               : s;
}

static struct str clean_piece(struct str s)
{
    struct letters l;

    s = cut_before(trim_marks(s));
    s = trim_marks(cut_slash(cut_behind(s)));
    l = count_letters(s);
    if (l.cjk > 0)
        return cut_code(cut_titles(cut_outlet_and_role(s)));
    return cut_leading_roles(cut_glued_month(trim_marks(cut_words(s))));
}

/* ---- judging and adding ---------------------------------------------------- */

bool name_is_role(struct str s)
{
    size_t blank = str_find_last(s, ' ');
    struct str last = blank == STR_NOT_FOUND ? s : str_from(s, blank + 1);
    struct str rest = s, first = STR_NONE;

    (void)str_word(&rest, &first);
    return (is_word_of(last, WORD_ROLE) || (is_word_of(first, WORD_ROLE) &&
                                            !name_is_person(str_trim(rest)))) &&
           !name_is_org(s);
}

/* "Published by", "Artikel von": a label whose name was elsewhere. */
static bool is_bare_label(struct str s)
{
    size_t blank = str_find_last(s, ' ');

    return is_word_of(blank == STR_NOT_FOUND ? s : str_from(s, blank + 1),
                      WORD_BEFORE);
}

/* "DE FR IT EN": the languages of the page, or the like. */
static bool is_row_of_codes(struct str s)
{
    struct str rest = s, word;
    size_t words = 0;

    for (; str_word(&rest, &word); words++)
        if (word.n != 2 || !is_alpha(word.p[0]) || !is_alpha(word.p[1]))
            return false;
    return words > 1;
}

static bool is_plausible(struct str s, enum name_trust trust)
{
    struct letters l = count_letters(s);

    if (s.n == 0 || s.n > NAME_MAX_BYTES || l.letters == 0 || is_address(s) ||
        name_is_nobody(s) || l.digits > l.letters || name_is_role(s) ||
        is_bare_label(s))
        return false;
    if (str_has(s, STR(": ")) || str_has(s, STR("：")))
        return false;
    if (is_row_of_codes(s))
        return false;
    if (trust == NAMES_LOOSE)
        return name_is_person(s);
    if (l.cjk > 0)
        return l.chars >= 2 && l.chars <= 20 && !str_has(s, STR("。")) &&
               !str_has(s, STR("？")) && !str_has(s, STR("！"));
    if (l.words > NAME_MAX_WORDS || l.letters < 2)
        return false;
    return !is_word_of(s, WORD_AFTER_NAME);
}

bool names_put(struct arena *a, struct names *to, struct name name)
{
    if (to->n >= NAMES_MAX)
        return false;
    for (size_t i = 0; i < to->n; i++)
        if (name_same(to->at[i].name, name.name))
            return false;
    *vec_add(a, to) = name;
    return true;
}

/* "实习生陈港": a role glued to the name that follows. */
static struct str cut_role_before(struct str word)
{
    size_t front = affix(word, WORD_TITLE, false);

    return name_is_han(str_from(word, front)) ? str_from(word, front) : word;
}

/* Han names divided by blanks: "甲乙丙 丁戊", roles between them; a name of two
 * characters may be spread ("丁　戊").  False if that is not what S is. */
static bool add_han_words(struct arena *a, struct str s, struct names *to,
                          size_t *added)
{
    struct str rest = s, word, spread = STR_NONE;
    struct letters l = count_letters(s);
    size_t words = 0;

    if (l.words < 2 || l.words > NAMES_MAX || l.han + l.words - 1 < l.chars)
        return false;
    for (rest = s; str_word(&rest, &word); words++) {
        size_t chars = utf8_chars(cut_role_before(word));

        if (!is_word_of(word, WORD_TITLE) &&
            (chars > 4 || (chars == 1 && l.words != 2)))
            return false;
    }
    for (rest = s; str_word(&rest, &word);) {
        if (utf8_chars(word) == 1) {
            spread = spread.n == 0 ? word : arena_cat(a, spread, word);
            if (utf8_chars(spread) == 2)
                *added += names_put(a, to, (struct name){.name = spread});
        } else if (!is_word_of(word, WORD_TITLE) &&
                   is_plausible(cut_role_before(word), NAMES_LABELLED)) {
            *added +=
                names_put(a, to, (struct name){.name = cut_role_before(word)});
        }
    }
    return words > 0;
}

static bool is_comma(uint32_t c)
{
    return c == '\n' || c == ',' || c == ';' || c == 0x3001 || c == 0xFF0C ||
           c == 0xFF1B || c == '&' || c == 0xFF06 || c == 0x060C;
}

/* "Jane Roe/John Doe" */
static bool is_slash_of_persons(struct str s, size_t at)
{
    return s.p[at] == '/' && name_is_person(str_trim(str_slice(s, 0, at))) &&
           name_is_person(str_trim(str_from(s, at + 1)));
}

static bool is_han_divider(struct str s, uint32_t c)
{
    return (c == '/' || c == 0xFF0F || c == '|' || c == 0xFF5C ||
            c == 0x4E28) &&
           count_letters(s).cjk > 0;
}

/* "김하나·박두리"; between kana the dot divides first and last name. */
static bool is_hangul_dot(struct str s, uint32_t c)
{
    uint32_t first = utf8_next(s, &(size_t){0});

    return c == 0xB7 && first >= 0xAC00 && first <= 0xD7A3;
}

/* What stands before AT, and what stands behind END up to the next comma, are
 * names of at least two words each. */
static bool is_between_persons(struct str s, size_t at, size_t end)
{
    struct str left = str_slice(s, 0, at), right = str_from(s, end);
    size_t comma = str_find_last(left, ',');

    if (comma != STR_NOT_FOUND)
        left = str_from(left, comma + 1);
    right = str_slice(right, 0, str_find_char(right, ',', 0));
    return name_is_person(str_trim(left)) && name_is_person(str_trim(right));
}

/* "جنى رواد وسامي منصور": the Arabic "and" is the first letter of the word. */
static bool is_glued_and(struct str s, size_t at, size_t end)
{
    return str_starts(str_from(s, at), STR("و")) && end - at > 6 &&
           !is_word_of(str_slice(s, at, end), WORD_WAW) &&
           is_between_persons(s, at, at + 2);
}

/* Length of the word at AT if it means "and", else 0.  The shortest such words
 * are initials and parts of names as well: those divide two persons only. */
static size_t conjunction(struct str s, size_t at)
{
    size_t end = at;

    if (at == 0 || s.p[at - 1] != ' ')
        return 0;
    while (end < s.n && s.p[end] != ' ')
        end++;
    if (end == s.n)
        return 0;
    if (is_glued_and(s, at, end))
        return 2;
    if (!is_word_of(str_slice(s, at, end), WORD_AND) ||
        ((s.p[at] == 'e' || s.p[at] == 'i') && end == at + 1 &&
         !is_between_persons(s, at, end)) ||
        str_eq(str_slice(s, at, end), STR("E")) ||
        str_eq(str_slice(s, at, end), STR("I")))
        return 0;
    return end - at;
}

/* Takes the part before the next divider off the front of *REST. */
static struct str next_piece(struct str *rest)
{
    struct str s = *rest;

    for (size_t i = 0; i < s.n;) {
        size_t at = i, word;
        uint32_t c = utf8_next(s, &i);

        if (is_comma(c) || is_han_divider(s, c) || is_hangul_dot(s, c) ||
            is_slash_of_persons(s, at)) {
            *rest = str_from(s, i);
            return str_slice(s, 0, at);
        }
        if (c < 0x700 && (word = conjunction(s, at)) > 0) {
            *rest = str_from(s, at + word);
            return str_slice(s, 0, at);
        }
    }
    *rest = STR_NONE;
    return s;
}

static bool is_one_word(struct str s)
{
    return s.n > 0 && str_find_char(s, ' ', 0) == STR_NOT_FOUND;
}

/* "Roe, Jane": one comma, one word before it and one or two behind, no list. */
static struct str turn_around(struct arena *a, struct str s)
{
    size_t comma = str_find_char(s, ',', 0);
    struct str last, first;

    if (comma == STR_NOT_FOUND ||
        str_find_char(s, ',', comma + 1) != STR_NOT_FOUND)
        return s;
    last = str_trim(str_slice(s, 0, comma));
    first = str_trim(str_from(s, comma + 1));
    if (!is_one_word(last) || count_letters(first).words > 2 || first.n == 0 ||
        is_word_of(first, WORD_AFTER_NAME) || is_word_of(first, WORD_ROLE) ||
        !name_is_person(arena_cat(a, first, STR(" "), last)))
        return s;
    return arena_cat(a, first, STR(" "), last);
}

/* Behind a name, in a list, is more often a place or a fact than a name that
 * does not look like one. */
static bool is_second_name(struct str s)
{
    struct letters l = count_letters(s);
    size_t at = 0;

    if (l.cjk > 0)
        return l.chars <= 5 || name_is_org(s);
    return (l.letters >= 3 && is_name_word(s)) || name_is_person(s) ||
           (l.words > 1 && is_upper(utf8_next(s, &at)));
}

/* Every kind of blank as the ASCII one, for words are cut there. */
static struct str plain_blanks(struct arena *a, struct str s)
{
    char *p;
    size_t n = 0;

    if (!str_has(s, STR("\u3000")) && !str_has(s, STR("\u00a0")))
        return s;
    p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);

        if (is_blank(c) && c != '\n') {
            p[n++] = ' ';
            continue;
        }
        while (at < i)
            p[n++] = s.p[at++];
    }
    return str_of(p, n);
}

/* Without a small letter.  "Jane Roe, RADIO LINDESBY": where she works. */
static bool is_shouted(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        if (is_cjk(c) || (is_word_char(c) && label_fold(c) == c))
            return false;
    }
    return true;
}

size_t names_add(struct arena *a, struct str text, enum name_trust trust,
                 struct names *to)
{
    struct str rest = turn_around(a, plain_blanks(a, str_trim_wide(text)));
    size_t added = 0, persons = 0;
    size_t before = to->n;

    if (rest.n > BYLINE_MAX_BYTES)
        return 0;
    for (int pieces = 0; rest.n > 0 && pieces < 2 * NAMES_MAX; pieces++) {
        struct str piece = next_piece(&rest);
        struct name name;

        if (add_han_words(a, trim_marks(piece), to, &added)) {
            persons++;
            continue;
        }
        piece = clean_piece(piece);
        name = (struct name){.name = piece};
        if (add_han_words(a, piece, to, &added)) {
            persons++;
            continue;
        }
        if (!is_plausible(piece, trust) ||
            (persons > 0 && !is_second_name(piece)))
            continue;
        name.is_org = name_is_org(piece);
        if (persons > 0 &&
            (name.is_org || (is_shouted(piece) && !is_shouted(to->at[0].name))))
            continue;
        persons += !name.is_org;
        added += names_put(a, to, name);
    }
    /* "BBC News, Jane Roe": the person is the author. */
    if (persons > 0 && to->n > before + 1) {
        size_t kept = before;

        for (size_t i = before; i < to->n; i++)
            if (!to->at[i].is_org)
                to->at[kept++] = to->at[i];
        added -= to->n - kept;
        to->n = kept;
    }
    return added;
}
