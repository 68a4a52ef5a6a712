using System.Globalization;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The flat environment names of existing KohakuRiver installations, mapped onto the keys of the configuration. They override the settings
/// file; the keys' own environment names (<c>KohakuAuth__…</c>) and the command line override them.
/// </summary>
internal static class FlatNames
{
    private static readonly Mapping[] Mappings =
    [
        new("AUTH_ENABLED", "KohakuAuth:Enabled", ReadSwitch, "must be true or false"),
        new("ADMIN_SECRET", "KohakuAuth:AdminSecret", value => value, ""),
        new("ADMIN_REGISTER_SECRET", "KohakuAuth:AdminRegisterSecret", value => value, ""),
        new("SESSION_EXPIRE_HOURS", "KohakuAuth:SessionLifetime", ReadHours, "must be a number of hours, for instance 24"),
        new("SESSION_IDLE_HOURS", "KohakuAuth:SessionIdleTimeout", ReadHours, "must be a number of hours, 0 for off"),
        new("INVITATION_EXPIRE_HOURS", "KohakuAuth:InvitationLifetime", ReadHours, "must be a number of hours, for instance 72"),
        new("KOHAKU_AUTH_DB", AuthDatabaseKey, value => value, ""),
    ];

    /// <summary>The connection string of the user side.</summary>
    public const string AuthDatabaseKey = "ConnectionStrings:KohakuAuth";

    /// <summary>Reads the flat names that are set and not empty.</summary>
    /// <exception cref="SettingsException">Invalid values; all of them, by the name of their variable.</exception>
    public static void MapFlatNames(this IConfigurationManager configuration)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<string>();
        foreach (var mapping in Mappings)
        {
            if (configuration[mapping.Variable]?.Trim() is not { Length: > 0 } given)
            {
                continue;
            }

            if (mapping.Read(given) is { } value)
            {
                values[mapping.Key] = value;
            }
            else
            {
                faults.Add($"{mapping.Variable} {mapping.Wanted}.");
            }
        }

        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }

        // Before the unprefixed environment variables, which provide the keys' own names.
        var sources = configuration.Sources;
        var environment = sources.LastOrDefault(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        var at = environment is null ? sources.Count : sources.IndexOf(environment);
        sources.Insert(at, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = values });
    }

    /// <summary>A fault of a key, with the variable it came from where that is set: users look for the name they typed.</summary>
    public static string Explain(IConfiguration configuration, string fault)
    {
        var source = Mappings.FirstOrDefault(m =>
            fault.Contains(m.Key + " ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(configuration[m.Variable]));
        return source is null ? fault : $"{source.Variable} ({fault})";
    }

    private static string? ReadSwitch(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" => "true",
        "FALSE" or "0" or "NO" or "OFF" => "false",
        _ => null,
    };

    // The maximum is far above what the options allow, so that their own message tells the range.
    private static string? ReadHours(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours)
            && hours is >= 0 and < 10_000_000
            ? TimeSpan.FromHours(hours).ToString("c", CultureInfo.InvariantCulture)
            : null;

    private sealed record Mapping(string Variable, string Key, Func<string, string?> Read, string Wanted);
}

/// <summary>The settings are invalid; the messages are for the person who wrote them.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : OptionsValidationException("", typeof(SampleHostOptions), faults);
