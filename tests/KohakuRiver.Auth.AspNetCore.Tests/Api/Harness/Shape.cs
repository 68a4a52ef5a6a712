using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>
/// The exact form of a JSON object, written as <c>name:kind</c>: s string, i integer, d number, b boolean, t UTC time, a list, o object, n
/// null; a question mark allows null. Every name must be there and no other.
/// </summary>
internal static partial class Shape
{
    internal const string User =
        "id:i username:s display_name:s language:s? role:s is_active:b created_at:t last_login:t? active_sessions:i groups:a";

    /// <summary>As an admin gets it.</summary>
    internal const string UserForAdmins = User + " locked_until:t? must_change_password:b";

    /// <summary>As somebody gets it who has to change the password first.</summary>
    internal const string UserHeld = User + " must_change_password:b";

    internal const string Session = "id:i created_at:t last_seen:t expires_at:t ip:s? user_agent:s? current:b";
    internal const string Token = "id:i name:s prefix:s owner:o last_used:t? created_at:t expires_at:t?";

    internal const string Invitation =
        "id:i token:s? prefix:s role:s group_id:i? max_usage:i usage_count:i remaining_uses:i expires_at:t is_valid:b created_by_id:i? "
            + "created_at:t url:s?";

    internal const string Group = "id:i name:s description:s tier:i limits:o member_count:i created_at:t";

    internal const string Pending =
        "task_id:s task_type:s command:s arguments:a required_cores:i required_memory_bytes:i? required_gpus:a target_node:s? "
            + "owner_id:i? owner_username:s status:s submitted_at:t details:o";

    internal const string Approval = Pending + " decided_by:s? decided_at:t? rejection_reason:s? delivered_at:t?";

    internal const string Audit =
        "id:i at:t actor_id:i? actor:s credential:s? ip:s? action:s target_type:s? target_id:s? target:s? outcome:s detail:s? "
            + "operation_id:s";

    internal static void Check(JsonElement json, string shape)
    {
        var wanted = shape.Split(' ').Select(f => f.Split(':')).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        foreach (var (name, kind) in wanted)
        {
            var value = json.GetProperty(name);
            Assert.True(Matches(value, kind), $"{name} should be {kind} and is {value.GetRawText()}");
        }
    }

    /// <summary>A list with at least one item, every one of this form.</summary>
    internal static void CheckList(JsonElement json, string shape)
    {
        Assert.NotEqual(0, json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            Check(item, shape);
        }
    }

    private static bool Matches(JsonElement value, string kind) => kind[0] switch
    {
        _ when value.ValueKind == JsonValueKind.Null => kind.EndsWith('?') || kind == "n",
        's' => value.ValueKind == JsonValueKind.String,
        'i' => value.ValueKind == JsonValueKind.Number
            && long.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        'd' => value.ValueKind == JsonValueKind.Number,
        'b' => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        't' => value.ValueKind == JsonValueKind.String && UtcTime().IsMatch(value.GetString()!),
        'a' => value.ValueKind == JsonValueKind.Array,
        'o' => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex UtcTime();
}
