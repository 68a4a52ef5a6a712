using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace KohakuRiver.Cli;

/// <summary>
/// Options and arguments that are numbers. They are read here and not by the parser's own conversion, whose messages name types of .NET and
/// which throws for whoever looks at a value that is none.
/// </summary>
internal static class Numbers
{
    private const string ExpectedId = "An id is a whole number";

    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">The description.</param>
    /// <param name="least">The smallest value that makes sense.</param>
    internal static Option<int?> Option(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ReadOne(
            result, $"{name} takes a whole number{(least == int.MinValue ? "" : " from " + Show.Number(least))}", least, int.MaxValue),
    };

    /// <summary>Not only whole numbers.</summary>
    internal static Option<double> Seconds(string name, string description, double usual, double least, double most) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        DefaultValueFactory = _ => usual,
        CustomParser = result => ReadOne(
            result, string.Create(CultureInfo.InvariantCulture, $"{name} takes {least} to {most} seconds, like 5 or 0.5"), least, most)
            ?? usual,
    };

    /// <summary>An id that was read elsewhere. Throws a usage error for anything else.</summary>
    internal static long IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw CliException.Usage($"{ExpectedId}, not '{text}'.");

    /// <summary>Any number of ids, and <c>-</c> for those on standard input.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">The description.</param>
    /// <param name="isNeeded">Whether there has to be one.</param>
    internal static Argument<string[]> Ids(string name, string description, bool isNeeded = false) => new(name)
    {
        Description = description,
        Arity = isNeeded ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        [
            .. result.Tokens.Select(t => t.Value).Where(t => t == "-" || Read<long>(result, t, ExpectedId, 0, long.MaxValue) is not null),
        ],
    };

    private static T? ReadOne<T>(ArgumentResult result, string expected, T least, T most)
        where T : struct, INumber<T> => result.Tokens.Count == 0 ? null : Read(result, result.Tokens[^1].Value, expected, least, most);

    private static T? Read<T>(ArgumentResult result, string text, string expected, T least, T most)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most)
        {
            return value;
        }

        result.AddError($"{expected}, not '{text}'.");
        return null;
    }
}
