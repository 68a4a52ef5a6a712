using System.Collections.Frozen;
using Spectre.Console;

namespace KohakuRiver.Cli;

/// <summary>When there are colours, and which one a state has.</summary>
internal static class Colours
{
    /// <summary>Whether colours are wanted: false never, true always, null on terminals. The option beats the variables.</summary>
    internal static bool? Wanted(bool isOff, Func<string, string?> environment) =>
        isOff || !string.IsNullOrEmpty(environment("NO_COLOR")) ? false
        : environment("FORCE_COLOR") is { Length: > 0 } force ? force != "0"
        : environment("TERM") == "dumb" ? false
        : null;

    /// <summary>How a state looks; plain for one that is not known.</summary>
    internal static Style OfState(string state) => OfStates.All.TryGetValue(state, out var colour) ? new Style(colour) : Style.Plain;

    // Apart: who prints JSON needs none.
    private static class OfStates
    {
        internal static readonly FrozenDictionary<string, Color> All = new Dictionary<string, Color>(StringComparer.OrdinalIgnoreCase)
        {
            ["completed"] = Color.Green, ["approved"] = Color.Green, ["online"] = Color.Green, ["active"] = Color.Green,
            ["success"] = Color.Green,
            ["running"] = Color.Aqua, ["assigning"] = Color.Aqua,
            ["pending"] = Color.Yellow, ["pending approval"] = Color.Yellow, ["pending_approval"] = Color.Yellow, ["locked"] = Color.Yellow,
            ["must change password"] = Color.Yellow,
            ["withdrawn"] = Color.Yellow, ["stopped"] = Color.Yellow, ["paused"] = Color.Yellow,
            ["failed"] = Color.Red, ["killed"] = Color.Red, ["killed_oom"] = Color.Red, ["lost"] = Color.Red, ["rejected"] = Color.Red,
            ["offline"] = Color.Red, ["disabled"] = Color.Red, ["refused"] = Color.Red, ["failure"] = Color.Red,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
