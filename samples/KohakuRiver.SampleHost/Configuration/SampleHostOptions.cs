using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>Configuration section <c>SampleHost</c>.</summary>
internal sealed class SampleHostOptions
{
    public const string SectionName = "SampleHost";

    public static readonly string[] DefaultExecutables = ["echo", "hostname", "date", "sleep", "uname", "nproc", "nvidia-smi"];

    /// <summary>The programs tasks may run: names looked up in the system's folders, or absolute paths. Null = the default list.</summary>
    public IList<string>? AllowedExecutables { get; set; }

    /// <summary>How long a task may run. Default 10 min.</summary>
    public TimeSpan TaskTimeLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a command in a VPS may run. Default 30 s.</summary>
    public TimeSpan ExecTimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes of each output stream are kept. Default 1 MiB.</summary>
    public int OutputLimit { get; set; } = 1024 * 1024;

    /// <summary>How many processes run at once on this node, whatever cores they request. Default 32.</summary>
    public int MaxProcesses { get; set; } = 32;

    /// <summary>
    /// Whether admins can read the host's metrics at <c>/metrics</c>, for Prometheus. Default false: measuring adds a small cost to
    /// everything.
    /// </summary>
    public bool ShowMetrics { get; set; }

    /// <summary>The names of this node's GPUs, in the order of their ids. Default none.</summary>
    public IList<string> Gpus { get; } = [];
}

/// <summary>Checks the section <c>SampleHost</c> at start; every fault is reported, naming its key.</summary>
internal sealed class SampleHostOptionsValidator : IValidateOptions<SampleHostOptions>
{
    public ValidateOptionsResult Validate(string? name, SampleHostOptions options)
    {
        var faults = new List<string>();
        Check(
            nameof(options.TaskTimeLimit),
            options.TaskTimeLimit > TimeSpan.Zero && options.TaskTimeLimit <= TimeSpan.FromDays(30),
            "must be between 0 and 30 days");
        Check(
            nameof(options.ExecTimeLimit),
            options.ExecTimeLimit > TimeSpan.Zero && options.ExecTimeLimit <= TimeSpan.FromMinutes(10),
            "must be between 0 and 10 minutes");
        Check(nameof(options.OutputLimit), options.OutputLimit is >= 1024 and <= 16 * 1024 * 1024, "must be between 1 KiB and 16 MiB");
        Check(nameof(options.MaxProcesses), options.MaxProcesses is >= 1 and <= 10_000, "must be between 1 and 10000");
        foreach (var entry in options.AllowedExecutables ?? [])
        {
            Check(
                nameof(options.AllowedExecutables),
                Path.IsPathFullyQualified(entry) || (entry.Length > 0 && entry.AsSpan().IndexOfAny('/', '\\') < 0),
                $"lists '{entry}', which is neither a plain name nor an absolute path");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(string key, bool good, string what)
        {
            if (!good)
            {
                faults.Add($"{SampleHostOptions.SectionName}:{key} {what}.");
            }
        }
    }
}
