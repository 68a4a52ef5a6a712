using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What a page says about the change before it. The cookie carries a code and numbers, never anything about a person.</summary>
/// <param name="Content">The sentences.</param>
/// <param name="IsWarning">Whether something was not done.</param>
internal sealed record Flash(RenderFragment Content, bool IsWarning)
{
    private const int LongestCookie = 120;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, Sentence> Texts = new(StringComparer.Ordinal)
    {
        ["session-over"] = new("Your session has ended. Log in to go on."),
        ["form-of-another"] = new("A form was still open in this browser. It belonged to another account and was not kept."),
        ["logged-out"] = new("You are logged out."),
        ["password-set"] = new("Password set. You can log in with it now."),
        ["password-changed"] = new("Password changed. Your other sessions have ended."),
        ["name-saved"] = new("Display name saved."),
        ["language-saved"] = new("Language saved."),
        ["session-ended"] = new("Session ended."),
        ["sessions-ended"] = new(
            "{0} session ended.",
            "{0} sessions ended."),
        ["identity-linked"] = new("Sign-in linked. It leads to your account from now on."),
        ["identity-unlinked"] = new("Sign-in unlinked. It no longer leads here."),
        ["not-signed-in-there"] = new("This browser is no longer signed in there as the page showed. Nothing was changed."),
        ["welcome"] = new("Welcome! Your account is ready."),
        ["user-created"] = new("User created."),
        ["user-saved"] = new("Changes saved."),
        ["user-saved-with-role"] = new("Changes saved. The new role takes effect with the next request."),
        ["user-tokens-revoked"] = new("All tokens of this user have been revoked."),
        ["user-enabled"] = new("Account enabled."),
        ["user-disabled"] = new("Account disabled. Its sessions have ended."),
        ["user-must-change"] = new("They must change their password before anything else."),
        ["user-need-not-change"] = new("They need not change their password."),
        ["user-unlocked"] = new("Password login unlocked."),
        ["user-password"] = new("Password set. The user's sessions and tokens have ended."),
        ["user-deleted"] = new("User deleted."),
        ["users-enabled"] = new("{0} account enabled.", "{0} accounts enabled."),
        ["users-disabled"] = new(
            "{0} account disabled. Its sessions have ended.",
            "{0} accounts disabled. Their sessions have ended."),
        ["users-given-role"] = new(
            "Role of {0} user changed. It takes effect with the next request.",
            "Roles of {0} users changed. They take effect with the next request."),
        ["users-grouped"] = new("{0} user added to the group.", "{0} users added to the group."),
        ["users-ungrouped"] = new("{0} user removed from the group.", "{0} users removed from the group."),
        ["users-ended"] = new("All sessions of {0} user ended.", "All sessions of {0} users ended."),
        ["users-revoked"] = new("All tokens of {0} user revoked.", "All tokens of {0} users revoked."),
        ["users-deleted"] = new("{0} user deleted.", "{0} users deleted."),
        ["too-early"] = new(
            "That click came less than a second after the page appeared, before anyone can have read it. Nothing was changed."),
        ["own-task"] = new(Refusals.OwnSubmission.Message),
        ["nothing-chosen"] = new("Nothing was selected."),
        ["token-revoked"] = new("Token revoked. The next request that uses it will be refused."),
        ["group-created"] = new("Group created."),
        ["group-saved"] = new("Group saved."),
        ["group-deleted"] = new("Group deleted."),
        ["member-added"] = new("Member added."),
        ["member-removed"] = new("Member removed."),
        ["vps-created"] = new("VPS created. You can give people access to it now."),
        ["vps-deleted"] = new("VPS deleted, with all access to it."),
        ["vps-assigned"] = new("Access granted."),
        ["vps-removed"] = new("Access removed."),
        ["invitation-revoked"] = new("Invitation revoked."),
        ["settings-saved"] = new("Settings saved. Every instance uses them within a second."),
        ["task-submitted"] = new("Task submitted."),
        ["task-waits"] = new("Task submitted. It is waiting for approval."),
        ["task-killed"] = new("The task is being stopped."),
        ["task-withdrawn"] = new("Task withdrawn."),
        ["nothing-changed"] = new("There was nothing to change."),
        ["gone"] = new("It no longer exists. Nothing was changed."),
        ["decided-elsewhere"] = new("Someone else has already decided this task. Nothing was changed."),
    };

    private static readonly string[] Warnings =
        ["own-task", "nothing-chosen", "nothing-changed", "gone", "decided-elsewhere", "not-signed-in-there", "too-early",
            "session-over", "form-of-another"];

    /// <summary>All codes, for tests.</summary>
    internal static IReadOnlyCollection<string> Codes => Texts.Keys;

    /// <summary>All that is said, for those who translate it.</summary>
    internal static IEnumerable<string> Sentences => Texts.Values.SelectMany(s => new[] { s.One, s.Many });

    /// <summary>Leaves a message for the next page.</summary>
    internal static void Leave(HttpContext http, string code, params int[] numbers)
    {
        if (!Texts.ContainsKey(code))
        {
            throw new ArgumentException($"There is no message '{code}'.", nameof(code));
        }

        LeaveRaw(http, code, [.. numbers.Select(n => (long)n)]);
    }

    /// <summary>Leaves a message that <see cref="DecisionFlash"/> reads.</summary>
    internal static void LeaveRaw(HttpContext http, string code, IEnumerable<long> numbers)
    {
        var value = string.Join('.', [code, .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        PanelCookies.Write(http, PanelCookies.Flash, value, Lifetime);
    }

    /// <summary>Takes the message that was left; null for none.</summary>
    internal static async Task<Flash?> TakeAsync(PanelContext panel)
    {
        var http = panel.Http;
        if (PanelCookies.Read(http, PanelCookies.Flash) is not { Length: > 0 and < LongestCookie } value)
        {
            return null;
        }

        PanelCookies.Clear(http, PanelCookies.Flash);
        var parts = value.Split('.');
        var numbers = new List<long>();
        foreach (var part in parts.Skip(1))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        if (await DecisionFlash.ReadAsync(panel, parts[0], numbers) is { } decision)
        {
            return decision;
        }

        if (!Texts.TryGetValue(parts[0], out var sentence) || sentence.Many.Count(c => c == '{') != numbers.Count)
        {
            return null;
        }

        // The first number is the one that is counted.
        var text = numbers is [<= int.MaxValue and var first, .. var more]
            ? panel.Texts.Count((int)first, sentence.One, sentence.Many, [.. more.Cast<object>()])
            : panel.Texts[sentence.One];
        return new Flash(builder => builder.AddContent(0, text), Warnings.Contains(parts[0], StringComparer.Ordinal));
    }

    /// <summary>The sentence of a code with a number, for a page that says it at once.</summary>
    internal static string Say(PanelTexts texts, string code, int number) => texts.Count(number, Texts[code].One, Texts[code].Many);

    // What is said for one, and for any other number.
    private sealed record Sentence(string One, string Many)
    {
        internal Sentence(string text)
            : this(text, text)
        {
        }
    }
}
