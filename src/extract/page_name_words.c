/*
 * Words of names: the table (names.def) and what it says of a text, whether it is
 * a person's, an organisation's or nobody's.  Chinese and Japanese names begin
 * with a surname of the lists below; alphabets write names in capitals.
 */
#include "extract/page_name_words.h"

#include <string.h>

#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_names.h"

#define WORD_MAX_BYTES 48
#define JAPANESE_BYTES 6 /* of one surname in the list */

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

#define GIVEN_BYTES 16 /* of one name in the list */

/* By their first letter. */
static const char *const given_names[26] = {
#define GIVEN(letter, names) [(letter) - 'a'] = names,
#include "extract/given_names.def"
#undef GIVEN
};

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
    "塗駱藍遊華羅萧傅洪赖阎丘竺糜簡賴應閻項龐鮑鄔齊喬衛鄺闞繆竇談區麥連費榮樂藺"
    "閔儲顏鞏車樓饒滿";

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

bool name_is_upper(uint32_t c)
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

bool name_word_is(struct str s, enum name_word kind)
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

bool name_is_given(struct str word)
{
    char to[GIVEN_BYTES + 8];
    size_t n = 0;

    to[n++] = ' ';
    for (size_t i = 0; i < word.n;) {
        if (n > GIVEN_BYTES)
            return false;
        n += utf8_put(to + n, label_fold(utf8_next(word, &i)));
    }
    to[n++] = ' ';
    return n > 2 && to[1] >= 'a' && to[1] <= 'z' &&
           given_names[to[1] - 'a'] != NULL &&
           str_has(str_from_c(given_names[to[1] - 'a']), str_of(to, n));
}

size_t name_affix(struct str s, enum name_word kind, bool at_end)
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

size_t name_label_before(struct str s)
{
    size_t longest = 0;

    for (size_t i = 0; i < N_WORDS; i++) {
        struct str w = name_words[i].spelling;
        char to[NAME_MAX_BYTES];
        struct str head;

        if (name_words[i].kind != WORD_BEFORE || w.n >= s.n || w.n <= longest ||
            w.n >= NAME_MAX_BYTES)
            continue;
        head = folded(utf8_clip(s, w.n + 2), to);
        if (str_starts(head, w) &&
            (s.p[w.n] == ' ' || !is_alpha(w.p[w.n - 1])) &&
            str_eq(folded(utf8_clip(s, w.n), to), w))
            longest = w.n;
    }
    return longest;
}

/* In the digits of the scripts that names are read in here. */
static bool is_any_digit(uint32_t c)
{
    return (c < 0x80 && is_digit((char)c)) || (c >= 0x660 && c <= 0x669) ||
           (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x966 && c <= 0x96F) ||
           (c >= 0xFF10 && c <= 0xFF19);
}

struct letters letters_count(struct str s)
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
    return name_word_is(str_trim_wide(text), WORD_NOBODY);
}

bool name_is_org(struct str text)
{
    struct str rest = text, word;

    if (name_affix(text, WORD_ORG_END, true) > 0)
        return true;
    while (str_word(&rest, &word)) {
        while (word.n > 1 &&
               (str_ends(word, STR(",")) || str_ends(word, STR(")"))))
            word.n--;
        if (name_word_is(word, WORD_ORG))
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
    struct letters l = letters_count(text);

    return l.han == l.chars && l.chars >= 2 && l.chars <= 4 &&
           (has_surname(text, l.chars) || is_japanese_name(text, l.chars)) &&
           !name_is_nobody(text) && name_affix(text, WORD_ORG_END, true) == 0;
}

bool name_is_hangul(struct str s)
{
    size_t chars = 0;

    for (size_t i = 0; i < s.n; chars++) {
        uint32_t c = utf8_next(s, &i);

        if (c < 0xAC00 || c > 0xD7A3)
            return false;
    }
    return chars == 3;
}

/* "田中 修司": a surname of the list, a blank, and what is given. */
static bool is_han_in_words(struct str text)
{
    struct str rest = text, family, given;

    if (!str_word(&rest, &family) || !str_word(&rest, &given))
        return name_is_han(text);
    return rest.n == 0 && family.n == JAPANESE_BYTES &&
           is_japanese_name(text, utf8_chars(text)) && utf8_chars(given) <= 3;
}

/* Hangul or kana with Han, of the length of a name. */
static bool is_cjk_name(struct str text)
{
    struct letters l = letters_count(text);

    if (l.cjk == 0 || l.cjk + 2 < l.chars || name_is_nobody(text))
        return false;
    if (l.han == l.cjk)
        return is_han_in_words(text);
    return l.chars >= 2 && l.chars <= 8 &&
           name_affix(text, WORD_ORG_END, true) == 0 && l.digits == 0;
}

bool name_word_fits(struct str word)
{
    size_t at = 0;
    uint32_t c = utf8_next(word, &at);

    if (name_word_is(word, WORD_PARTICLE))
        return true;
    if (name_word_is(word, WORD_PROSE) || name_word_is(word, WORD_MENU) ||
        name_word_is(word, WORD_ORG) || str_ends(word, STR("'s")) ||
        str_ends(word, STR("’s")))
        return false;
    if (str_starts(word, STR("d'")) || str_starts(word, STR("O'")) ||
        str_starts(word, STR("al-")) || str_starts(word, STR("d’")))
        return true;
    /* Scripts without capitals: any letter will do. */
    return name_is_upper(c) || c >= 0x530;
}

bool name_is_person(struct str text)
{
    struct str rest = text, word;
    size_t words = 0, capitals = 0;
    bool all_given = true; /* so far */
    struct letters l = letters_count(text);

    if (l.cjk > 0)
        return is_cjk_name(text);
    if (l.chars > 45 || l.digits > 0 || l.letters + l.words + 4 < l.chars ||
        name_is_nobody(text))
        return false;
    while (str_word(&rest, &word)) {
        /* "Ana Sales": menus do not begin with given names. */
        if (!name_word_fits(word) && !(words > 0 && all_given && rest.n == 0 &&
                                       name_word_is(word, WORD_MENU)))
            return false;
        all_given = all_given && name_is_given(word);
        words++;
        capitals += !name_word_is(word, WORD_PARTICLE);
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
