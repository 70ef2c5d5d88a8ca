#include "unit/unit.h"

#include "base/arena.h"
#include "text/lang.h"

static void ck_guess(const char *text, const char *want)
{
    ck_str(lang_guess(str_from_c(text)), want);
}

static void ck_tag(const char *declared, const char *want)
{
    struct arena *a = arena_new(0);

    ck_str(lang_tag(a, str_from_c(declared)), want);
    arena_free(a);
}

START_TEST(a_script_of_one_language_decides)
{
    ck_guess("\uC778\uACF5\uC9C0\uB2A5 \uBAA8\uB378\uC774 \uB098\uC654\uB2E4",
             "ko");
    ck_guess(
        "\u0391\u03B8\u03AE\u03BD\u03B1 \u03C3\u03AE\u03BC\u03B5\u03C1\u03B1",
        "el");
    ck_guess("\u0E02\u0E48\u0E32\u0E27\u0E27\u0E31\u0E19\u0E19\u0E35\u0E49",
             "th");
}
END_TEST

START_TEST(chinese_is_told_from_japanese_and_by_its_characters)
{
    ck_guess("这家公司今天发布了新的视频模型,开发者已经可以使用。", "zh-Hans");
    ck_guess("這家公司今天發布了新的影片模型,開發者已經可以使用。", "zh-Hant");
    ck_guess("この会社は今日、新しい動画モデルを発表しました。", "ja");
    ck_guess("OpenAI、Anthropic 与 Google 的新模型今天同时对开发者开放",
             "zh-Hans");
    ck_guess("你好", "");
}
END_TEST

START_TEST(common_words_tell_languages_of_one_script_apart)
{
    ck_guess("The company said on Monday that it will open the model to all of "
             "its customers, and that prices are to fall.",
             "en");
    ck_guess("Das Unternehmen hat am Montag mitgeteilt, dass es das Modell für "
             "alle Kunden öffnen wird und die Preise sinken.",
             "de");
    ck_guess("La société a annoncé lundi que le modèle sera ouvert à tous les "
             "clients et que les prix vont baisser dans les mois qui viennent.",
             "fr");
    ck_guess("La empresa dijo el lunes que abrirá el modelo a todos los "
             "clientes y que los precios van a bajar en los próximos meses.",
             "es");
    ck_guess("A empresa disse na segunda-feira que vai abrir o modelo a todos "
             "os clientes e que os preços não vão subir nos próximos meses.",
             "pt");
    ck_guess("La società ha detto lunedì che aprirà il modello a tutti i "
             "clienti e che i prezzi sono destinati a scendere nel mese.",
             "it");
    ck_guess("Компания сообщила, что модель будет открыта для всех клиентов и "
             "что цены на нее снизятся.",
             "ru");
    ck_guess("Компанія повідомила, що модель буде відкрита для всіх клієнтів і "
             "що ціни на неї та інші знизяться до кінця року.",
             "uk");
}
END_TEST

START_TEST(too_little_text_gives_no_answer)
{
    ck_guess("", "");
    ck_guess("MiniMax GPT-4", "");
    ck_guess("12345 -- !?", "");
}
END_TEST

START_TEST(declared_tags_are_made_regular)
{
    ck_tag("zh_CN.UTF-8", "zh-CN");
    ck_tag(" EN-us ", "en-US");
    ck_tag("zh-hANS-cn", "zh-Hans-CN");
    ck_tag("en, de", "en");
    ck_tag("de-DE@euro", "de-DE");
    ck_tag("es-419", "es-419");
    ck_tag("cn", "zh-CN");
    ck_tag("zh-CHT", "zh-Hant");
    ck_tag("en-", "en");
    ck_tag("English", "");
    ck_tag("x-default", "");
    ck_tag("und", "");
    ck_tag("中文", "");
    ck_tag("", "");
}
END_TEST

START_TEST(families_say_which_chinese)
{
    ck_str(lang_family(STR("zh")), "zh-Hans");
    ck_str(lang_family(STR("zh-SG")), "zh-Hans");
    ck_str(lang_family(STR("zh-TW")), "zh-Hant");
    ck_str(lang_family(STR("zh-Hant-HK")), "zh-Hant");
    ck_str(lang_family(STR("zh-Hans-HK")), "zh-Hans");
    ck_str(lang_family(STR("en-GB")), "en");
    ck_str(lang_family(STR("")), "");
}
END_TEST

START_TEST(a_script_named_or_usual_tells_the_direction)
{
    static const char *const rtl[] = {"ar",      "ar-EG",   "fa", "he", "UR",
                                      "az-Arab", "ku-Arab", "yi", "dv"};
    static const char *const ltr[] = {"en", "zh-Hans", "tr",      "ku",
                                      "",   "ar-Latn", "ug-Cyrl", "sd-Deva"};

    for (size_t i = 0; i < sizeof rtl / sizeof rtl[0]; i++)
        ck_assert_msg(lang_is_rtl(str_from_c(rtl[i])), "%s", rtl[i]);
    for (size_t i = 0; i < sizeof ltr / sizeof ltr[0]; i++)
        ck_assert_msg(!lang_is_rtl(str_from_c(ltr[i])), "%s", ltr[i]);
}
END_TEST

START_TEST(a_text_tells_its_direction_by_its_strong_characters)
{
    ck_assert(text_is_rtl(STR("مرحبا"), STR("en")));
    ck_assert(text_is_rtl(STR("«123» שלום עולם, HTTP"), STR_NONE));
    ck_assert(!text_is_rtl(STR("The word سلام means peace"), STR("ar")));
    ck_assert(!text_is_rtl(STR("港口的新起重机"), STR("fa")));
    /* Thaana and Adlam are strong as well. */
    ck_assert(text_is_rtl(STR("ދިވެހި"), STR_NONE));
    ck_assert(text_is_rtl(STR("𞤀𞤣𞤤𞤢𞤥"), STR_NONE));
    /* Digits are not, Arabic ones neither. */
    ck_assert(text_is_rtl(STR("1 ٢ - 3"), STR("fa")));
    ck_assert(!text_is_rtl(STR("1 ٢ - 3"), STR("en")));
    ck_assert(!text_is_rtl(STR_NONE, STR_NONE));
    /* Two in five of them. */
    ck_assert(text_is_rtl(STR("אב abc"), STR_NONE));
    ck_assert(!text_is_rtl(STR("אב abcd"), STR_NONE));
}
END_TEST

START_TEST(a_text_contradicts_a_tag_only_when_it_is_surely_another)
{
    struct str english = STR("The harbour was closed for the day, and that is "
                             "what they had in mind when it was built.");
    struct str norwegian = STR("Det er ikke slik at havnen skal være stengt, "
                               "og vi har sett at den blir åpnet etter det.");
    struct str chinese = STR("港口昨天装上了一台新的起重机，码头关闭了三天。");

    ck_assert(lang_contradicts(chinese, STR("en-us")));
    ck_assert(lang_contradicts(english, STR("zh-CN")));
    ck_assert(lang_contradicts(english, STR("de")));
    ck_assert(lang_contradicts(chinese, STR("zh-TW")));
    ck_assert(!lang_contradicts(chinese, STR("zh-CN")));
    ck_assert(!lang_contradicts(english, STR("en-GB")));
    /* What no guess knows may be taken for its neighbour. */
    ck_assert(!lang_contradicts(norwegian, STR("nn-NO")));
    ck_assert(lang_contradicts(norwegian, STR("en")));
    ck_assert(lang_contradicts(chinese, STR("nn")));
    ck_assert(!lang_contradicts(STR("404"), STR("de")));
    ck_assert(!lang_contradicts(english, STR_NONE));
}
END_TEST

UNIT_TESTS(a_text_contradicts_a_tag_only_when_it_is_surely_another,
           a_script_of_one_language_decides,
           chinese_is_told_from_japanese_and_by_its_characters,
           common_words_tell_languages_of_one_script_apart,
           too_little_text_gives_no_answer, declared_tags_are_made_regular,
           families_say_which_chinese,
           a_script_named_or_usual_tells_the_direction,
           a_text_tells_its_direction_by_its_strong_characters)
