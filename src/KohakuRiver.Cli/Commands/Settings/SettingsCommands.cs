using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver settings</c>.</summary>
internal static class SettingsCommands
{
    internal static CliCommand Build() =>
        new CliCommand(
            "settings", "Manage the host settings that can change at run time.", "kohakuriver settings show").With(ShowAll(), Set());

    private static CliCommand ShowAll() =>
        new CliCommand(
            "show",
            "Show the settings in force; for secrets only whether they are set.",
            "kohakuriver settings show").Does(async (run, cancellationToken) =>
        Print(run, await run.Api.GetAsync<JsonObject>("auth/settings", cancellationToken)));

    private static CliCommand Set()
    {
        var pairs = GlobalOptions.Several("setting", "NAME=VALUE; several are changed all or nothing.");
        pairs.CompletionSources.Add(
            "session_lifetime_hours=", "session_idle_hours=", "invitation_lifetime_hours=", "registration=closed", "registration=viewer",
            "approval_required_roles=");
        return new CliCommand(
            "set",
            "Change settings: session_lifetime_hours, session_idle_hours, invitation_lifetime_hours, registration (closed or viewer), "
                + "approval_required_roles (comma-separated roles, or none).",
            "kohakuriver settings set session_lifetime_hours=12 registration=viewer",
            "kohakuriver settings set approval_required_roles=user").With(pairs).Does(async (run, cancellationToken) =>
        {
            var change = new JsonObject();
            foreach (var pair in run.Get(pairs))
            {
                var parts = pair.Split('=', 2);
                if (parts.Length != 2 || parts[0].Length == 0)
                {
                    throw CliException.Usage($"A setting has the form NAME=VALUE, not '{pair}'.");
                }

                change[parts[0]] = ValueOf(parts[0], parts[1].Trim());
            }

            Print(run, await run.Api.PatchAsync<JsonObject>("auth/settings", change, cancellationToken));
        });
    }

    // The host knows the settings and their values; this is only what is needed to write them as JSON.
    private static JsonNode ValueOf(string name, string value)
    {
        if (name == "approval_required_roles")
        {
            var roles = value is "" or "none" ? [] : value.Split(',', StringSplitOptions.TrimEntries);
            return new JsonArray([.. roles.Select(r => (JsonNode)r)]);
        }

        return long.TryParse(
            value,
            System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number) ? number
            : value is "true" or "false" ? value == "true"
            : (JsonNode)value;
    }

    private static void Print(InvocationContext run, JsonObject settings) => run.Output.Value(settings, () => run.Output.Fields(
        [.. settings.Select(s => (s.Key, s.Value is JsonArray list
            ? (list.Count == 0 ? "none" : Show.Joined(list.Select(i => i?.ToString() ?? "")))
            : TextOf(s.Value)))]));

    private static string? TextOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value?.ToString(),
    };
}
