/*
 * Whose site it is: the author of a personal blog that names none.  Templates of
 * such blogs sign nothing, for all is by one hand; the site's name is the owner's
 * ("Jane Roe", "Jane Roe's Notebook"), or a line in the page's head or foot has it
 * ("by Jane Roe", "© 2012-2020 Jane Roe. All rights reserved").
 *
 * Newspapers and firms sign so as well, and their names look like a person's:
 * "Lindesby Times".  So the first word must be one of the commonest given names,
 * without those that are towns or words.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_meta.h"
#include "extract/page_name_words.h"
#include "text/fold.h"
#include "text/url.h"

#define OWNER_CHARS 30
#define OWNER_WORDS 3  /* particles are not counted */
#define FOOT_BLOCKS 40 /* of the page, looked at for its last line */
#define FOOT_CHARS  200
#define GIVEN_BYTES 16

/* By their first letter, a blank around each. */
static const char *const given_names[26] = {
    ['a' - 'a'] =
        " aaron abby abdul abdullah abigail adam adrian adriana adrien agata "
        "agnes agnieszka ahmed ahmet aisha alain alan albert alberto "
        "alejandra alejandro aleksandr aleksandra alessandra alessandro "
        "alessia alex alexander alexandra alexandre alexandru alexey alexis "
        "alfred alfredo ali alice alicia alison allison alyssa amanda amelia "
        "amelie amir amit amy ana anastasia anders andre andrea andreas "
        "andrei andrej andres andrew andrey andrzej andy angela angelica "
        "angelika angelo anita anja ann anna annabel anne annette annika "
        "anthony antje antoine anton antonella antonia antonio anu anya "
        "arianna arjun armin arnaud arne arthur arturo ashley astrid audrey "
        "axel ayse ",
    ['b' - 'a'] =
        " barbara barry bart bastian beate beatrice beatriz becky ben benedikt "
        "benjamin benoit bente bernadette bernard bernd bernhard beth bethany "
        "betty bianca birgit bjorn björn bob boris brad bradley brandon "
        "brenda brent brett brian brigitte britta brittany bruce bruno bryan ",
    ['c' - 'a'] =
        " caitlin cameron camila camille carla carlo carlos carmen carol "
        "carolin carolina caroline carolyn carsten casey cassidy catarina "
        "catherine cathy cecilia celine cesar chad chantal charles charlie "
        "chiara chloe chris christa christian christiane christina christine "
        "christof christoph christophe christopher cindy claire clara claudia "
        "claudio claus clemens clement colin connie corinna corinne cornelia "
        "courtney craig cristian cristina curtis cynthia ",
    ['d' - 'a'] =
        " dagmar damien dan dana daniel daniela daniele danielle danny daria "
        "dario darren dave david davide dawn dean debbie deborah deepak denis "
        "denise dennis derek detlef diana diane diego dieter dietmar dimitri "
        "dirk dmitri dmitry dominic dominik dominique donald donna doris "
        "dorothea doug douglas duncan dylan ",
    ['e' - 'a'] =
        " eduardo edward edwin ekaterina elaine eleanor elena eleonora eli "
        "elias elisa elisabeth elise eliza elizabeth elke ella ellen ellie "
        "elsa emanuel emil emilia emilie emily emma emmanuel enrico enrique "
        "eric erica erik erika erin ernst esther ethan eugen eugene eva "
        "evelyn evgeny ",
    ['f' - 'a'] =
        " fabian fabien fabio fabrice fatima federica federico felicia felipe "
        "felix ferdinand fernanda fernando filip filippo fiona florian "
        "francesca francesco francis francisca francisco franck francois "
        "frank franz franziska françois fred frederic frederik fredrik "
        "friedrich fritz ",
    ['g' - 'a'] =
        " gabriel gabriela gabriele gabriella gareth gary gavin geoff geoffrey "
        "georg george georges gerald gerard gerd gerhard gert gianluca gianni "
        "gilles gillian gina giorgio giovanna giovanni giulia giuseppe glenn "
        "gonzalo gordon graham greg gregor gregory grzegorz guido guillaume "
        "guillermo gunnar gunter gustav günter ",
    ['h' - 'a'] =
        " hanna hannah hanne hannes hans harald harry hartmut hassan heather "
        "hector heidi heike heiko heiner heinrich heinz helen helena helene "
        "helga helmut hendrik henri henrik henry herbert hermann hilary "
        "hiroshi holger horst howard hubert hugh hugo huseyin ",
    ['i' - 'a'] =
        " ian ibrahim ignacio igor ilona ilse ines inga inge ingo ingrid irene "
        "irina iris isaac isabel isabella isabelle ivan ivana ivo izabela ",
    ['j' - 'a'] =
        " jaap jack jackie jacob jacopo jacqueline jacques jaime jakob jakub "
        "james jamie jan jana jane janet janine jaroslav jasmin jasmine jason "
        "javier jay jean jeanette jeannette jeff jeffrey jelena jen jenna "
        "jennifer jenny jens jeremy jerome jesper jesse jessica jesus jill "
        "jim jimmy jo joachim joan joana joanna joanne joao jochen joe joel "
        "joerg johan johann johanna johannes john johnny jon jonas jonathan "
        "joost jorge jose josef josefina joseph josephine josh joshua josé "
        "joyce joão juan juana judith judy juergen julia julian juliana julie "
        "julien juliette julio jurgen justin justine justyna jörg jürgen ",
    ['k' - 'a'] =
        " kai karen karin karina karl karla karsten kate katharina katherine "
        "kathleen kathrin kathryn kathy katie katja katrin katy kay keith "
        "kelly ken kenneth kerry kerstin kevin kim kira kirsten klara klaus "
        "konrad konstantin kristen kristian kristin kristina kristine "
        "krzysztof kurt kyle ",
    ['l' - 'a'] =
        " larry lars lasse laura laurel lauren laurence laurent lea leah lena "
        "leo leon leonard leonardo leonie leslie lidia lilian lilly lily "
        "linda lindsay lindsey lisa liz lorena lorenzo lori lothar lou louis "
        "louisa louise luc luca lucas lucia lucie lucy ludwig luigi luis "
        "luisa luise lukas luke lutz lydia lynn ",
    ['m' - 'a'] =
        " maciej madeleine magdalena maggie maik maja malgorzata malte mandy "
        "manfred manuel manuela mara marc marcel marcello marcia marcin marco "
        "marcos marcus marek margaret margarita margit maria mariana marianne "
        "marie marija marilyn marina mario marion marisa marius marjorie mark "
        "marko markus marlene marta martha martin martina mary maryam massimo "
        "mathias mathieu mathilde matt matteo matthew matthias matthieu "
        "maureen maurice mauricio mauro max maxim maxime maximilian megan "
        "mehmet mel melanie melissa mia micaela michael michaela michal "
        "michel michele michelle miguel mihai mikael mike mikhail milan "
        "milena miranda miriam mirjam mohamed mohammad mohammed moira molly "
        "mona monica monika monique moritz morten muhammad mustafa ",
    ['n' - 'a'] =
        " nadia nadine nadja nancy naomi natalia natalie natasha nathalie "
        "nathan neil nele nicholas nick nico nicola nicolas nicole niels "
        "nigel nikhil nikita niklas nikola nikolai nikolaus nils nina noah "
        "noelle nora norbert norman ",
    ['o' - 'a'] =
        " olaf ole oleg olga oliver olivia olivier omar oscar oskar ottmar "
        "otto owain owen ",
    ['p' - 'a'] =
        " pablo paige pam pamela paola paolo pascal pat patricia patrick "
        "patrik patrizia patty paul paula paulina pauline paulo pavel pawel "
        "pedro peggy per perry peter petr petra phil philip philipp philippe "
        "phillip pierce pierre pieter piotr priya ",
    ['r' - 'a'] =
        " rachel radek rafael rafal rahul raimund rainer raj rajesh ralf ralph "
        "ramon randy raphael raquel raul ray raymond rebecca regina reinhard "
        "reinhold renata renate rene rené ricardo riccardo richard rick rita "
        "rob robert roberta roberto robin robyn roderick rodrigo roger roland "
        "rolf romain roman ron ronald rory rosa rosemary ross roy ruben "
        "rudolf rui rupert russell ruth ryan ",
    ['s' - 'a'] =
        " sabina sabine sabrina sally salvatore sam samantha samir samuel "
        "sandra sandrine sandro sanjay santosh sara sarah sascha scott sean "
        "sebastian sebastien sergei sergey sergio seth shane shannon sharon "
        "shaun sheila shirley sibylle siegfried sigrid silke silvia silvio "
        "simon simona simone sinead slawomir sofia sofie sonia sonja sophia "
        "sophie stacey stacy stefan stefania stefanie stefano steffen stella "
        "stephan stephane stephanie stephen steve steven stewart stuart sue "
        "sunil susan susana susanna susanne suzanne sven svenja sylvain "
        "sylvia sylvie ",
    ['t' - 'a'] =
        " takashi tamara tammy tania tanja tanya tara tatiana ted teresa terry "
        "theo theodor theresa therese thierry thilo thomas thorsten tiago tim "
        "timo timothy tina tobias todd tom tomas tomasz tommy tony torben "
        "torsten tracey tracy travis trevor tyler ",
    ['u' - 'a'] = " udo ulf uli ulrich ulrike ursula ute uwe ",
    ['v' - 'a'] =
        " valentin valentina valeria valerie vanessa vera veronica veronika "
        "vicky victor viktor viktoria vincent vincenzo viola vivian vladimir "
        "volker ",
    ['w' - 'a'] =
        " walter waltraud wayne wendy werner wesley wilhelm willi william "
        "willy winfried wojciech wolfgang ",
    ['x' - 'a'] = " xavier ",
    ['y' - 'a'] = " yann yannick yasmin yuki yuri yves yvonne ",
    ['z' - 'a'] = " zach zachary zoe ",
};

static bool is_given(struct str word)
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

static bool is_owner(struct str name)
{
    struct str rest = name, word;

    return utf8_chars(name) <= OWNER_CHARS && str_word(&rest, &word) &&
           is_given(word) && name_is_person(name) && !name_is_org(name);
}

/* "Jane Roe", "Jane Roe's Notebook", "Notebook | Jane Roe". */
static struct str owner_in_name(struct str site)
{
    static const struct str marks[] = {STR_INIT("'s "), STR_INIT("’s "),
                                       STR_INIT(" | "), STR_INIT(" - "),
                                       STR_INIT(" – "), STR_INIT(", ")};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t at = str_find(site, marks[i], 0);

        if (at == STR_NOT_FOUND)
            continue;
        if (is_owner(str_slice(site, 0, at)))
            return str_slice(site, 0, at);
        if (i > 1 && is_owner(str_from(site, at + marks[i].n)))
            return str_from(site, at + marks[i].n);
    }
    return is_owner(site) ? site : STR_NONE;
}

/* Behind the sign of a copyright in TEXT; nothing without one. */
static struct str behind_sign(struct str text)
{
    static const struct str signs[] = {STR_INIT("©"), STR_INIT("(c)"),
                                       STR_INIT("(C)"), STR_INIT("Copyright"),
                                       STR_INIT("copyright")};
    size_t behind = 0;

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t at = str_find(text, signs[i], behind);

        if (at != STR_NOT_FOUND)
            behind = at + signs[i].n;
    }
    return behind > 0 ? str_from(text, behind) : STR_NONE;
}

/* "2012-2020 by": a word of a copyright before whose it is. */
static bool is_before_owner(struct str word)
{
    size_t i = 0;
    uint32_t c = utf8_next(word, &i);

    return is_digit(word.p[word.n - 1]) || is_digit(word.p[0]) ||
           (c < 0x80 && !is_alpha((char)c)) || c == 0x2013 ||
           str_eq_nocase(word, STR("by")) || str_eq_nocase(word, STR("von")) ||
           str_eq_nocase(word, STR("by:"));
}

/* The name that a copyright's line gives, which ends where the line does, or at a
 * mark or a word that no name has: "Jane Roe. All rights reserved". */
static struct str owner_in_copyright(struct str text)
{
    struct str rest = behind_sign(text), before, word = STR_NONE;
    size_t from = 0, end = 0, words = 0;

    for (before = rest; str_word(&rest, &word) && is_before_owner(word);)
        before = rest;
    rest = before;
    while (str_word(&rest, &word)) {
        char last = word.p[word.n - 1];
        bool ends = word.n > 2 && (last == '.' || last == ',' || last == ';');

        if (!name_is_upper(utf8_next(word, &(size_t){0})) &&
            !name_word_is(word, WORD_PARTICLE))
            break;
        if (str_eq_nocase(word, STR("all")) || str_eq_nocase(word, STR("alle")))
            break;
        words += !name_word_is(word, WORD_PARTICLE);
        if (end == 0)
            from = (size_t)(word.p - text.p);
        end = (size_t)(word.p - text.p) + word.n - (ends ? 1 : 0);
        if (ends)
            break;
    }
    return words > 1 && words <= OWNER_WORDS &&
                   is_owner(str_slice(text, from, end))
               ? str_slice(text, from, end)
               : STR_NONE;
}

/* "Jane Roe" on janeroe.example. */
static bool is_in_address(struct inquiry *q, struct str name)
{
    struct url url;

    return is_owner(name) &&
           url_parse(q->ctx->a, q->ctx->hints->url, STR_NONE, &url) &&
           str_has(url.host, fold_letters(q->ctx->a, name));
}

/* The owner's name above the title if the address spells it, or "by Jane Roe": the
 * line below the site's name. */
static struct str owner_in_head(struct inquiry *q)
{
    const struct article_span *s = q->span;
    size_t title = s->title == NO_BLOCK ? s->body_first : s->title;

    for (size_t i = 0; i < title && i < HEAD_BLOCKS; i++) {
        const struct block *b = &q->ctx->blocks.at[i];
        struct line_facts f;

        if (is_in_address(q, b->text))
            return b->text;
        if (!b->is_hidden && b->chars <= FOOT_CHARS && b->link_chars == 0 &&
            line_read(q->ctx, b->text, &f) && f.is_only_facts && !f.is_bio &&
            f.authors.n == 1 && is_owner(f.authors.at[0].name))
            return f.authors.at[0].name;
    }
    return STR_NONE;
}

static struct str owner_in_foot(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;

    for (size_t i = b->n, k = 0;
         i > q->span->body_end && i > 0 && k < FOOT_BLOCKS; k++) {
        struct str owner = STR_NONE;

        i--;
        if (b->at[i].chars <= FOOT_CHARS)
            owner = owner_in_copyright(b->at[i].text);
        if (owner.n > 0)
            return owner;
    }
    return STR_NONE;
}

void byline_ask_owner(struct inquiry *q)
{
    struct str owner = owner_in_name(q->ctx->meta->site_name);

    if (owner.n == 0)
        owner = owner_in_head(q);
    if (owner.n == 0)
        owner = owner_in_foot(q);
    if (owner.n > 0)
        names_put(q->ctx->a, &q->owner, (struct name){.name = owner});
}
