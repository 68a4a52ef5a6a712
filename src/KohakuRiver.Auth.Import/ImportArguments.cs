namespace KohakuRiver.Auth.Import;

/// <summary>What stands behind <c>import</c> on the command line.</summary>
/// <param name="Path">The file of the old host.</param>
/// <param name="Options">What is said about the import itself.</param>
/// <param name="Settings">What is left: settings in the usual form.</param>
internal sealed record ImportArguments(string Path, ImportOptions Options, string[] Settings)
{
    internal const string Usage =
        "Usage: import <file of the old host> [--dry-run] [--time-zone <zone of the old host, for instance Europe/Berlin>]";

    /// <summary>Reads them.</summary>
    /// <param name="args">What stands behind the word.</param>
    /// <param name="fault">What is wrong; null when nothing is.</param>
    internal static ImportArguments? Read(IReadOnlyList<string> args, out string? fault)
    {
        string? path = null;
        var options = new ImportOptions();
        var settings = new List<string>();
        fault = null;
        for (var i = 0; i < args.Count && fault is null; i++)
        {
            switch (args[i])
            {
                case "--dry-run":
                    options = options with { DryRun = true };
                    break;
                case "--time-zone" when i + 1 < args.Count && TimeZoneInfo.TryFindSystemTimeZoneById(args[i + 1], out var found):
                    options = options with { TimeZone = found };
                    i++;
                    break;
                case "--time-zone":
                    fault = "--time-zone wants the name of a time zone that this machine knows, for instance Europe/Berlin or UTC.";
                    break;
                case ['-', '-', .. var setting] when setting.Contains('=', StringComparison.Ordinal):
                    settings.Add(args[i]);
                    break;
                case ['-', '-', .. { Length: > 0 }] when args[i].Contains(':', StringComparison.Ordinal) && i + 1 < args.Count:
                    settings.Add(args[i]);
                    settings.Add(args[++i]);
                    break;
                case ['-', ..]:
                    fault = $"There is no option {args[i]}.";
                    break;
                default:
                    fault = path is null ? null : "One file at a time.";
                    path = args[i];
                    break;
            }
        }

        fault ??= path is null ? "The file of the old host is missing." : null;
        return fault is null ? new ImportArguments(path!, options, [.. settings]) : null;
    }
}
