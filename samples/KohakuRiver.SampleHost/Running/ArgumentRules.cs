using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The arguments allowed for the allowed programs. Three of the default ones do more than their name says: <c>date -f</c> and
/// <c>hostname -F</c> read any file of this host (its secrets, its databases), both can change the machine, <c>nvidia-smi</c>
/// writes files and resets devices. Of those only the listed arguments are allowed. What an administrator adds to the list is their choice.
/// </summary>
internal static class ArgumentRules
{
    private const int MostArguments = 1000;
    private const int MostVariables = 100;
    private const int LongestVariable = 4096;

    private static readonly string[] DateOptions = ["-u", "--utc", "--universal", "-R", "--rfc-email"];
    private static readonly string[] DatePrefixes = ["+", "-I", "--iso-8601", "--rfc-3339=", "--date="];

    private static readonly string[] HostnameOptions =
    [
        "-s", "-f", "-d", "-i", "-I", "-A", "--short", "--fqdn", "--long", "--domain", "--ip-address", "--all-ip-addresses", "--all-fqdns",
    ];

    private static readonly string[] GpuOptions = ["-L", "-q", "--list-gpus", "--query"];
    private static readonly string[] GpuPrefixes = ["--query-gpu=", "--query-compute-apps=", "--format=", "--id="];

    // Variables that make the dynamic linker or the C library load files of the task's choice.
    private static readonly string[] LoaderPrefixes = ["LD_", "DYLD_", "GLIBC_", "KOHAKU_"];
    private static readonly string[] LoaderNames =
        ["PATH", "HOME", "IFS", "GCONV_PATH", "LOCPATH", "NLSPATH", "HOSTALIASES", "RESOLV_HOST_CONF", "TZDIR"];

    /// <summary>Adds the faults in the arguments of a command.</summary>
    public static FieldFaults CheckArguments(this FieldFaults faults, string? command, IReadOnlyList<string?> arguments)
    {
        if (arguments.Count > MostArguments)
        {
            return faults.Add("arguments", $"At most {MostArguments} arguments.");
        }

        if (arguments.Any(a => a is null || a.Contains('\0', StringComparison.Ordinal)))
        {
            return faults.Add("arguments", "Arguments are strings without NUL characters.");
        }

        var refused = command switch
        {
            "date" => arguments.FirstOrDefault(a => !IsListed(a!, DateOptions, DatePrefixes)),
            "hostname" => arguments.FirstOrDefault(a => !IsListed(a!, HostnameOptions, [])),
            "nvidia-smi" => arguments.FirstOrDefault(a => !IsListed(a!, GpuOptions, GpuPrefixes)),
            _ => null,
        };
        return faults.Add(
            "arguments",
            refused is null ? null : $"This host does not pass this argument to {command}; it passes those that only show something.");
    }

    /// <summary>Adds the faults in the environment variables of a task.</summary>
    public static FieldFaults CheckVariables(this FieldFaults faults, IReadOnlyDictionary<string, string?> variables)
    {
        if (variables.Count > MostVariables)
        {
            return faults.Add("env_vars", $"At most {MostVariables} variables.");
        }

        foreach (var (name, value) in variables)
        {
            faults.Add("env_vars", CheckVariable(name, value));
        }

        return faults;
    }

    private static string? CheckVariable(string name, string? value)
    {
        if (name.Length is 0 or > 128 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return "A variable's name has 1 to 128 letters, digits and underscores, and no digit first.";
        }

        if (LoaderNames.Contains(name) || LoaderPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
        {
            return $"The variable {name} cannot be set on this host.";
        }

        return value is null || value.Length > LongestVariable || value.Contains('\0', StringComparison.Ordinal)
            ? $"The variable {name} needs a text of at most {LongestVariable} characters without NUL."
            : null;
    }

    private static bool IsListed(string argument, string[] exact, string[] prefixes) =>
        exact.Contains(argument) || prefixes.Any(p => argument.StartsWith(p, StringComparison.Ordinal));
}
