namespace KohakuRiver.Cli;

/// <summary>What people type for the fields of the host's calls, whose names its refusals carry.</summary>
internal static class Fields
{
    private static readonly Dictionary<string, string> Typed = new(StringComparer.Ordinal)
    {
        ["required_cores"] = "--cores",
        ["required_memory_bytes"] = "--memory",
        ["required_gpus"] = "--gpus",
        ["targets"] = "--node",
        ["target_node"] = "--node",
        ["env_vars"] = "--env",
        ["arguments"] = "the command's arguments",
        ["command"] = "the command",
        ["max_usage"] = "--uses",
        ["expires_hours"] = "--expires",
        ["group_id"] = "--group",
        ["group_ids"] = "--group",
        ["add_group_ids"] = "--add-group",
        ["remove_group_ids"] = "--remove-group",
        ["set_limits"] = "--set-limit",
        ["remove_limits"] = "--remove-limit",
        ["limits"] = "--limits",
        ["tier"] = "--tier",
        ["description"] = "--description",
        ["display_name"] = "--display-name",
        ["username"] = "the username",
        ["password"] = "the password",
        ["must_change"] = "--must-change",
        ["must_change_password"] = "--must-change",
        ["new_password"] = "the new password",
        ["current_password"] = "the current password",
        ["invitation_code"] = "the invitation code",
        ["register_secret"] = "the setup code or register secret",
        ["code"] = "the code",
        ["name"] = "the name",
        ["node"] = "--node",
        ["reason"] = "--reason",
        ["role"] = "the role",
        ["user_ids"] = "--user",
        ["search"] = "--search",
        ["sort"] = "--sort",
        ["status"] = "--status",
        ["limit"] = "--limit",
        ["from"] = "--from",
        ["to"] = "--to",
        ["actor"] = "--actor",
        ["action"] = "--action",
        ["target"] = "--target",
        ["outcome"] = "--outcome",
    };

    /// <summary>The option or the words for a field such as <c>required_gpus[0][1]</c>; an unknown one as it is.</summary>
    internal static string NameOf(string field)
    {
        var end = field.AsSpan().IndexOfAny('[', '.');
        return Typed.GetValueOrDefault(end < 0 ? field : field[..end]) ?? field;
    }
}
