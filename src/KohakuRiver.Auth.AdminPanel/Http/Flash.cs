using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What a page says about the change before it. The cookie carries a code and numbers, never anything about a person.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="IsWarning">Whether something was not done.</param>
internal sealed record Flash(string Text, bool IsWarning)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["logged-out"] = "You are logged out.",
        ["password-set"] = "Password set. You can log in with it now.",
        ["password-changed"] = "Password changed. Your other sessions have ended.",
        ["name-saved"] = "Display name saved.",
        ["session-ended"] = "Session ended.",
        ["sessions-ended"] = "{0} session(s) ended.",
        ["identity-linked"] = "Sign-in linked. It leads to your account from now on.",
        ["identity-unlinked"] = "Sign-in unlinked. It no longer leads here.",
        ["not-signed-in-there"] = "This browser is no longer signed in there as the page showed. Nothing was changed.",
        ["welcome"] = "Welcome! Your account is ready.",
        ["user-created"] = "User created.",
        ["user-saved"] = "Changes saved.",
        ["role-saved"] = "Role changed. It takes effect with the next request.",
        ["user-enabled"] = "Account enabled.",
        ["user-disabled"] = "Account disabled. Its sessions have ended.",
        ["user-unlocked"] = "Password login unlocked.",
        ["user-password"] = "Password set. The user's sessions and tokens have ended.",
        ["user-deleted"] = "User deleted.",
        ["bulk"] = "{0} user(s) changed.",
        ["bulk-some"] = "{0} user(s) changed. {1} could not be changed (yourself, the last admin, or already deleted).",
        ["approved"] = "{0} task(s) approved.",
        ["rejected"] = "{0} task(s) rejected.",
        ["approved-some"] = "{0} task(s) approved. {1} had already been decided or withdrawn by someone else.",
        ["rejected-some"] = "{0} task(s) rejected. {1} had already been decided or withdrawn by someone else.",
        ["approved-own"] = "{0} task(s) approved. {1} of your own skipped: you cannot decide your own task.",
        ["rejected-own"] = "{0} task(s) rejected. {1} of your own skipped: you cannot decide your own task.",
        ["approved-mixed"] = "{0} task(s) approved. {1} had already been decided or withdrawn by someone else; {2} of your own skipped.",
        ["rejected-mixed"] = "{0} task(s) rejected. {1} had already been decided or withdrawn by someone else; {2} of your own skipped.",
        ["own-task"] = Refusals.OwnSubmission.Message,
        ["nothing-chosen"] = "Nothing was selected.",
        ["token-revoked"] = "Token revoked. The next request that uses it will be refused.",
        ["group-created"] = "Group created.",
        ["group-saved"] = "Group saved.",
        ["group-deleted"] = "Group deleted.",
        ["member-added"] = "Member added.",
        ["member-removed"] = "Member removed.",
        ["vps-assigned"] = "Access granted.",
        ["vps-removed"] = "Access removed.",
        ["invitation-revoked"] = "Invitation revoked.",
        ["settings-saved"] = "Settings saved. Every instance uses them within a second.",
        ["task-submitted"] = "Task submitted.",
        ["task-waits"] = "Task submitted. It is waiting for approval.",
        ["task-killed"] = "The task is being stopped.",
        ["task-withdrawn"] = "Task withdrawn.",
        ["nothing-changed"] = "There was nothing to change.",
        ["gone"] = "It no longer exists. Nothing was changed.",
        ["decided-elsewhere"] = "Someone else has already decided this task. Nothing was changed.",
    };

    private static readonly string[] Warnings =
        ["bulk-some", "approved-some", "rejected-some", "approved-own", "rejected-own",
            "approved-mixed", "rejected-mixed", "own-task", "nothing-chosen", "nothing-changed", "gone", "decided-elsewhere",
            "not-signed-in-there"];

    /// <summary>All codes, for tests.</summary>
    internal static IReadOnlyCollection<string> Codes => Texts.Keys;

    /// <summary>Leaves a message for the next page.</summary>
    internal static void Leave(HttpContext http, string code, params int[] numbers)
    {
        if (!Texts.ContainsKey(code))
        {
            throw new ArgumentException($"There is no message '{code}'.", nameof(code));
        }

        var value = string.Join('.', [code, .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        PanelCookies.Write(http, PanelCookies.Flash, value, Lifetime);
    }

    /// <summary>Takes the message that was left; null for none.</summary>
    internal static Flash? Take(HttpContext http)
    {
        if (PanelCookies.Read(http, PanelCookies.Flash) is not { Length: > 0 and < 64 } value)
        {
            return null;
        }

        PanelCookies.Clear(http, PanelCookies.Flash);
        var parts = value.Split('.');
        var numbers = new List<object>();
        foreach (var part in parts.Skip(1))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        if (!Texts.TryGetValue(parts[0], out var text) || text.Count(c => c == '{') != numbers.Count)
        {
            return null;
        }

        // The first number is the one that is counted.
        var counted = text.Replace("(s)", numbers is [1, ..] ? "" : "s", StringComparison.Ordinal);
        return new Flash(
            string.Format(CultureInfo.InvariantCulture, counted, [.. numbers]), Warnings.Contains(parts[0], StringComparer.Ordinal));
    }
}
