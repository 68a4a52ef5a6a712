using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>Checks the section <c>SampleHost</c> at start; every fault is listed, naming its key.</summary>
internal sealed class SampleHostOptionsValidator : IValidateOptions<SampleHostOptions>
{
    public ValidateOptionsResult Validate(string? name, SampleHostOptions options)
    {
        var faults = new List<string>();
        Check(nameof(options.TaskTimeLimit), options.TaskTimeLimit > TimeSpan.Zero && options.TaskTimeLimit <= TimeSpan.FromDays(30), "must lie between 0 and 30 days");
        Check(nameof(options.ExecTimeLimit), options.ExecTimeLimit > TimeSpan.Zero && options.ExecTimeLimit <= TimeSpan.FromMinutes(10), "must lie between 0 and 10 minutes");
        Check(nameof(options.OutputLimit), options.OutputLimit is >= 1024 and <= 16 * 1024 * 1024, "must lie between 1 KiB and 16 MiB");
        Check(nameof(options.MaxProcesses), options.MaxProcesses is >= 1 and <= 10_000, "must lie between 1 and 10000");
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
