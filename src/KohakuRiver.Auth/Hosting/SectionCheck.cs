using Microsoft.Extensions.Configuration;

namespace KohakuRiver.Auth;

/// <summary>Finds what a configuration section says that cannot be meant: unknown keys, and durations that do not say their unit.</summary>
internal sealed class SectionCheck(IConfiguration section)
{
    // A whole configuration has the variables of the environment in it.
    private const int NamesTold = 10;

    private readonly List<string> faults = [];
    private readonly List<string> strangers = [];

    internal IReadOnlyList<string> Run(bool allowUnknownKeys)
    {
        Visit(section, OptionKey.All);
        if (!allowUnknownKeys && strangers.Count > 0)
        {
            if (section is IConfigurationSection)
            {
                faults.AddRange(strangers);
            }
            else
            {
                faults.Add(WholeConfiguration());
            }
        }

        return faults;
    }

    private void Visit(IConfiguration at, OptionKey part)
    {
        foreach (var child in at.GetChildren())
        {
            if (part.Find(child.Key) is not { } key)
            {
                strangers.Add(Nearest(part, child) is { } near
                    ? $"{child.Path} is not known; did you mean {near}?"
                    : $"{child.Path} is not known.");
            }
            else if (key.IsPart)
            {
                Visit(child, key);
                if (!string.IsNullOrEmpty(child.Value))
                {
                    faults.Add($"{child.Path} is a section, not a single value.");
                }
            }
            else if (key.IsList)
            {
                VisitList(child);
            }
            else
            {
                VisitValue(child, key);
            }
        }
    }

    private void VisitList(IConfigurationSection list)
    {
        if (!string.IsNullOrEmpty(list.Value))
        {
            faults.Add($"{list.Path} is a list: give its entries the keys {list.Path}:0, :1 and so on.");
        }

        foreach (var item in list.GetChildren())
        {
            Single(item);
        }
    }

    private void VisitValue(IConfigurationSection value, OptionKey key)
    {
        Single(value);

        // Without the text: whoever mixes keys up may have put a secret there.
        if (key.IsDuration && !string.IsNullOrEmpty(value.Value) && DurationText.Read(value.Value, out var fault) is null)
        {
            faults.Add($"{value.Path} {fault}: {DurationText.Forms}.");
        }
    }

    private void Single(IConfigurationSection value) =>
        strangers.AddRange(value.GetChildren().Select(child => $"{child.Path} is not known: {value.Path} is a single value."));

    private string WholeConfiguration()
    {
        var names = section.GetChildren().Select(c => c.Key).Where(k => OptionKey.All.Find(k) is null).ToList();
        var more = names.Count > NamesTold ? $" and {names.Count - NamesTold} more" : "";
        return $"AddKohakuAuth was given the whole configuration: pass configuration.GetSection(\"{KohakuAuthOptions.SectionName}\"). "
            + $"Not known are {string.Join(", ", names.Take(NamesTold))}{more}.";
    }

    /// <summary>The known key that is most like an unknown one: in the same part, else one of that name in another.</summary>
    private string? Nearest(OptionKey part, IConfigurationSection unknown)
    {
        var name = unknown.Key;
        var here = part.Children
            .Select(c => (c.Name, Distance: Distance(c.Name, name)))
            .Where(c => c.Distance <= Math.Max(1, name.Length / 3))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
        return here is not null ? Join(ConfigurationPath.GetParentPath(unknown.Path), here)
            : Elsewhere(name) is { } other ? Join((section as IConfigurationSection)?.Path, other)
            : null;
    }

    private static string Join(string? path, string key) => string.IsNullOrEmpty(path) ? key : ConfigurationPath.Combine(path, key);

    private static string? Elsewhere(string name) =>
        OptionKey.All.Find(name)?.Name
        ?? OptionKey.All.Children.Where(p => p.Find(name) is not null)
            .Select(p => ConfigurationPath.Combine(p.Name, p.Find(name)!.Name))
            .FirstOrDefault();

    /// <summary>How many letters have to be put in, left out or exchanged to make one name the other, regardless of case.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var exchanged = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
