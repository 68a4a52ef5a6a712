using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.Stores;

/// <summary>
/// The form in which names are searched (<see cref="UserQuery.Search"/>): without case, without accents, with single spaces. A store keeps
/// <see cref="Of"/> of each user, and finds those that contain <see cref="Fold"/> of what is looked for, compared character by character.
/// </summary>
/// <remarks>
/// The same on every machine and in every culture, also where the process runs without culture data: what one version stored, another
/// one finds.
/// </remarks>
public static class SearchText
{
    // No name holds it: blanks, line breaks among them, become spaces.
    private const char Between = '\n';

    private const int FullWidthFirst = 0xFF01;
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthShift = FullWidthFirst - '!';

    // The first of each is the letter that the others become. Those with a small letter stand here with their capital.
    private static readonly string[] Families =
    [
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ", "BḂḄḆ", "CÇĆĈĊČḈ", "DĎḊḌḎḐḒĐÐ", "EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ", "FḞ", "GĜĞĠĢǦǴḠ", "HĤȞḢḤḦḨḪẖĦ",
        "IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊı", "JĴǰ", "KĶǨḰḲḴ", "LĹĻĽḶḸḺḼŁ", "MḾṀṂ", "NÑŃŅŇǸṄṆṈṊ", "OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢØǾ", "PṔṖ",
        "RŔŖŘȐȒṘṚṜṞ", "SŚŜŞŠȘṠṢṤṦṨſ", "TŢŤȚṪṬṮṰẗŦ", "UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ", "VṼṾ", "WŴẀẂẄẆẈẘ", "XẊẌ", "YÝŶŸȲẎẙỲỴỶỸ", "ZŹŻŽẐẒẔ",
        "ΑΆἈἉἊἋἌἍἎἏᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾲᾳᾴᾶᾷᾸᾹᾺΆᾼ", "ΕΈἘἙἚἛἜἝῈΈ", "ΗΉἨἩἪἫἬἭἮἯᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟῂῃῄῆῇῊΉῌ", "ΙΊΐΪἸἹἺἻἼἽἾἿῒΐῖῗῘῙῚΊ",
        "ΟΌὈὉὊὋὌὍῸΌ", "ΡῤῬ", "ΣςϹ", "ΥΎΫΰὐὒὔὖὙὛὝὟῢΰῦῧῨῩῪΎ", "ΩΏὨὩὪὫὬὭὮὯᾠᾡᾢᾣᾤᾥᾦᾧᾨᾩᾪᾫᾬᾭᾮᾯῲῳῴῶῷῺΏῼ",
        "АӐӒ", "ГЃ", "ЕЀЁӖ", "ЖӁӜ", "ЗӞ", "ИЍЙӢӤ", "ІЇ", "КЌ", "ОӦ", "УЎӮӰӲ", "ЧӴ", "ЫӸ", "ЭӬ", "ѴѶ", "ӘӚ", "ӨӪ",
        "ƷǮ", "ϒϓϔ", "\u02B9\u0374",

        // The same as others above, but written with another code: editors like to replace these.
        "\u0391\u1FBB", "\u0395\u1FC9", "\u0397\u1FCB", "\u0399\u1FDB\u1FD3", "\u039F\u1FF9", "\u03A5\u1FEB\u1FE3", "\u03A9\u1FFB",
    ];

    private static readonly FrozenDictionary<char, string> Plain = Families
        .SelectMany(f => f.Skip(1).Select(c => KeyValuePair.Create(c, f[..1])))
        .Concat(
        [
            new('Æ', "AE"), new('Ǣ', "AE"), new('Ǽ', "AE"), new('Œ', "OE"), new('Þ', "TH"), new('ß', "SS"), new('ẞ', "SS"),
        ])
        .ToFrozenDictionary();

    /// <summary>What a store keeps of a user: a name looked for is in it when it is in one of the two.</summary>
    /// <param name="username">The login name.</param>
    /// <param name="displayName">The name to show.</param>
    public static string Of(string username, string displayName) => Fold(username) + Between + Fold(displayName);

    /// <summary>
    /// The form to look for: capitals without accents, blanks at the ends left out and single within, full-width letters as others, and
    /// nothing that cannot be seen. Empty where nothing is left, which every user contains.
    /// </summary>
    /// <param name="text">What was typed; half a character counts as one that nobody can read.</param>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var isGap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                isGap = folded.Length > 0;
                continue;
            }

            if (IsAccent(rune.Value) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            {
                continue;
            }

            if (isGap)
            {
                folded.Append(' ');
                isGap = false;
            }

            var narrow = rune.Value is >= FullWidthFirst and <= FullWidthLast ? new Rune(rune.Value - FullWidthShift) : rune;
            var capital = Rune.ToUpperInvariant(narrow);
            if (capital.IsBmp && Plain.TryGetValue((char)capital.Value, out var plain))
            {
                folded.Append(plain);
            }
            else
            {
                folded.Append(capital.ToString());
            }
        }

        return folded.ToString();
    }

    // The marks that stand above, below and through letters of any script; vowel signs of scripts that write them so are no accents.
    private static bool IsAccent(int character) => character is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF)
        or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);
}
