using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// A configuration section that options are bound from. Stands between the section and the framework's binder, which reads durations in
/// ways nobody means and passes over what it does not know.
/// </summary>
internal sealed class OptionsSection(IConfiguration section) : IConfigureOptions<KohakuAuthOptions>, IValidateOptions<KohakuAuthOptions>
{
    private readonly string path = (section as IConfigurationSection)?.Path ?? "";

    /// <inheritdoc />
    /// <remarks>A duration that cannot be read stays at its default here, and fails the validation.</remarks>
    public void Configure(KohakuAuthOptions options)
    {
        var entries = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Copy(section, OptionKey.All, entries);
        IConfiguration copy = new ConfigurationBuilder().AddInMemoryCollection(entries).Build();
        (path.Length > 0 ? copy.GetSection(path) : copy).Bind(options);
    }

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, KohakuAuthOptions options)
    {
        if (name is { Length: > 0 })
        {
            // Only the options without a name are bound from the section.
            return ValidateOptionsResult.Skip;
        }

        var faults = new SectionCheck(section).Run(options.AllowUnknownKeys);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    // Under the same paths, which the binder's own messages name.
    private static void Copy(IConfiguration from, OptionKey at, Dictionary<string, string?> entries)
    {
        foreach (var child in from.GetChildren())
        {
            if (at.Find(child.Key) is not { } key)
            {
                continue;
            }

            if (key.IsPart)
            {
                Copy(child, key, entries);
            }
            else if (key.IsList)
            {
                CopyList(child, entries);
            }
            else if (!key.IsDuration)
            {
                entries[child.Path] = child.Value;
            }
            else if (!string.IsNullOrEmpty(child.Value) && DurationText.Read(child.Value, out _) is { } span)
            {
                entries[child.Path] = span.ToString("c", CultureInfo.InvariantCulture);
            }
        }
    }

    private static void CopyList(IConfigurationSection list, Dictionary<string, string?> entries)
    {
        var items = list.GetChildren().ToList();
        foreach (var item in items)
        {
            entries[item.Path] = item.Value;
        }

        // What an empty list looks like in the configuration.
        if (items.Count == 0 && list.Value is { } value)
        {
            entries[list.Path] = value;
        }
    }
}
