namespace KohakuRiver.Auth.Import;

/// <summary>The arguments after <c>import</c> on the command line.</summary>
/// <param name="Path">The file of the old host.</param>
/// <param name="Options">The options of the import.</param>
/// <param name="Settings">The remaining arguments: settings in the usual form.</param>
internal sealed record ImportArguments(string Path, ImportOptions Options, string[] Settings)
{
    internal const string Usage =
        "Usage: import <file of the old host> [--dry-run] [--known-vps-only] [--tasks] [--rename <old name>=<new name>]... "
        + "[--rename-file <file with such lines>] [--time-zone <zone of the old host, for instance Europe/Berlin>]";

    /// <summary>Parses the arguments.</summary>
    /// <param name="args">The arguments after the command's name.</param>
    /// <param name="fault">The error; null when there is none.</param>
    internal static ImportArguments? Read(IReadOnlyList<string> args, out string? fault)
    {
        string? path = null;
        var options = new ImportOptions();
        var settings = new List<string>();
        var renames = new Renames();
        fault = null;
        for (var i = 0; i < args.Count && fault is null; i++)
        {
            switch (args[i])
            {
                case "--dry-run":
                    options = options with { DryRun = true };
                    break;
                case "--known-vps-only":
                    options = options with { KnownVpsOnly = true };
                    break;
                case "--tasks":
                    options = options with { Tasks = true };
                    break;
                case "--rename" or "--rename-file" when i + 1 == args.Count:
                    fault = $"{args[i]} needs a value.";
                    break;
                case "--rename":
                    fault = renames.Add(args[++i]);
                    break;
                case "--rename-file":
                    fault = renames.AddFile(args[++i]);
                    break;
                case "--time-zone" when i + 1 < args.Count && TimeZoneInfo.TryFindSystemTimeZoneById(args[i + 1], out var found):
                    options = options with { TimeZone = found };
                    i++;
                    break;
                case "--time-zone":
                    fault = "--time-zone takes the name of a time zone known to this machine, for instance Europe/Berlin or UTC.";
                    break;
                case ['-', '-', .. var setting] when setting.Contains('=', StringComparison.Ordinal):
                    settings.Add(args[i]);
                    break;
                case ['-', '-', .. { Length: > 0 }] when args[i].Contains(':', StringComparison.Ordinal) && i + 1 < args.Count:
                    settings.Add(args[i]);
                    settings.Add(args[++i]);
                    break;
                case ['-', ..]:
                    fault = $"Unknown option {args[i]}.";
                    break;
                default:
                    fault = path is null ? null : "Specify only one file.";
                    path = args[i];
                    break;
            }
        }

        fault ??= path is null ? "The file of the old host is missing." : null;
        return fault is null ? new ImportArguments(path!, options with { Renames = renames.Names }, [.. settings]) : null;
    }
}
