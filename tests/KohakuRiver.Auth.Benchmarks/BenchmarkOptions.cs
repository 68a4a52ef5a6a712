using System.Globalization;

namespace KohakuRiver.Auth.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>A short run: fewer and shorter rounds, smaller databases.</summary>
    public bool Quick { get; init; }

    /// <summary>Where the CSV goes; null = <c>./benchmarks-&lt;suite&gt;.csv</c>.</summary>
    public string? Csv { get; init; }

    /// <summary>A Markdown file whose marked parts are written anew; null for none.</summary>
    public string? Markdown { get; init; }

    /// <summary>Numbers of users for <c>scale</c>, ascending; null = those of the suite.</summary>
    public IReadOnlyList<int>? Users { get; init; }

    /// <summary>The engines of <c>scale</c>; null = both.</summary>
    public string? Engine { get; init; }

    /// <summary>A published sample host for <c>start</c> (its folder); null = the one built beside this program.</summary>
    public string? Published { get; init; }

    /// <summary>An installed command line that <c>cli</c> measures beside its own (its path); null for none.</summary>
    public string? Older { get; init; }

    /// <exception cref="ArgumentException">Something on the command line is not known.</exception>
    public static BenchmarkOptions Parse(IEnumerable<string> arguments)
    {
        var options = new BenchmarkOptions();
        var queue = new Queue<string>(arguments);
        while (queue.TryDequeue(out var name))
        {
            options = name switch
            {
                "--quick" => options with { Quick = true },
                "--csv" => options with { Csv = Value() },
                "--markdown" => options with { Markdown = Value() },
                "--users" => options with { Users = Value().Split(',').Select(Count).Order().ToList() },
                "--older" => options with { Older = Value() },
                "--published" => options with { Published = Value() },
                "--engine" => options with { Engine = OneOf(Value(), "sqlite", "postgresql") },
                _ => throw Unknown($"Unknown option '{name}'."),
            };

            string Value() => queue.TryDequeue(out var value) ? value : throw Unknown($"{name} needs a value.");
        }

        return options;
    }

    /// <summary>1000, 100k or 1M.</summary>
    private static int Count(string text) => text[^1] switch
    {
        'k' => int.Parse(text[..^1], CultureInfo.InvariantCulture) * 1_000,
        'M' => int.Parse(text[..^1], CultureInfo.InvariantCulture) * 1_000_000,
        _ => int.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string OneOf(string value, params string[] known) =>
        known.Contains(value, StringComparer.Ordinal) ? value : throw Unknown($"'{value}' is none of {string.Join(", ", known)}.");

#pragma warning disable MA0015 // The argument is one of the command line, not of a method.
    private static ArgumentException Unknown(string message) => new(message);
#pragma warning restore MA0015 // End of the reason above.
}
