using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What a page says about decisions: which task, and whose. The cookie carries numbers only; what they stand for is looked up for whoever
/// reads the page, with that reader's permissions.
/// </summary>
internal static class DecisionFlash
{
    private const int Named = 3;
    private const int LongestCommand = 80;

    /// <summary>What was decided now.</summary>
    /// <param name="http">The request.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="done">The rows that were decided.</param>
    /// <param name="late">How many somebody else had decided before.</param>
    /// <param name="own">How many were the reader's own.</param>
    internal static void Leave(HttpContext http, TaskDecision decision, IReadOnlyList<long> done, int late, int own) => Flash.LeaveRaw(
        http, decision == TaskDecision.Approve ? "approved" : "rejected", [done.Count, late, own, .. done.Take(Named)]);

    /// <summary>What somebody else had decided before; null for a task that is not there.</summary>
    internal static void LeaveLate(HttpContext http, Approval? there)
    {
        if (there is { Status: not ApprovalStatus.Pending })
        {
            Flash.LeaveRaw(http, "late", [there.Id]);
        }
        else
        {
            Flash.Leave(http, "gone");
        }
    }

    /// <summary>The message of a cookie; null when it is none of decisions.</summary>
    internal static async Task<Flash?> ReadAsync(PanelContext panel, string code, List<long> numbers) => (code, numbers) switch
    {
        ("approved" or "rejected", [var done, var late, var own, .. var ids]) when ids.Count <= Named =>
            new Flash(
                Sentences(panel.Texts, code == "approved", (int)done, (int)late, (int)own, await FindAsync(panel, ids)), late + own > 0),
        ("late", [var id]) => new Flash(Late(panel.Texts, await FindAsync(panel, [id])), IsWarning: true),
        _ => null,
    };

    private static RenderFragment Sentences(
        PanelTexts texts, bool approved, int done, int late, int own, IReadOnlyList<Approval> named) => builder =>
    {
        builder.AddContent(0, Done(texts, approved, done, named));
        if (late > 0)
        {
            builder.AddContent(1, " " + texts.Count(
                late,
                "{0} had already been decided or withdrawn by someone else.",
                "{0} had already been decided or withdrawn by someone else."));
        }

        if (own > 0)
        {
            builder.AddContent(2, " " + texts.Count(
                own,
                "{0} of your own was skipped: you cannot decide about your own task.",
                "{0} of your own were skipped: you cannot decide about your own tasks."));
        }
    };

    private static RenderFragment Done(PanelTexts texts, bool approved, int done, IReadOnlyList<Approval> named)
    {
        if (done == 1 && named is [var one])
        {
            return texts.Rich(
                approved ? "Approved: {0} (task {1}) of {2}." : "Rejected: {0} (task {1}) of {2}.",
                Command(one), Text(one.Task.TaskId), Name(texts, one.Submitter));
        }

        if (named.Count == 0)
        {
            return builder => builder.AddContent(0, approved
                ? texts.Count(done, "{0} task approved.", "{0} tasks approved.")
                : texts.Count(done, "{0} task rejected.", "{0} tasks rejected."));
        }

        var text = (approved, named.Count < done) switch
        {
            (true, false) => "{0} tasks approved: {1}.",
            (true, true) => "{0} tasks approved, among them {1}.",
            (false, false) => "{0} tasks rejected: {1}.",
            (false, true) => "{0} tasks rejected, among them {1}.",
        };
        return texts.Rich(text, done, (RenderFragment)(builder =>
        {
            for (var i = 0; i < named.Count; i++)
            {
                builder.AddContent(0, i > 0 ? "; " : "");
                builder.AddContent(1, texts.Rich(
                    "{0} (task {1}) of {2}", Command(named[i]), Text(named[i].Task.TaskId), Name(texts, named[i].Submitter)));
            }
        }));
    }

    private static RenderFragment Late(PanelTexts texts, IReadOnlyList<Approval> found)
    {
        if (found is not [{ DecidedBy: { } by } there])
        {
            return builder => builder.AddContent(0, texts["Someone else has already decided this task. Nothing was changed."]);
        }

        var text = there.Status switch
        {
            ApprovalStatus.Approved => "{0} had already approved {1} (task {2}) of {3}. Nothing was changed.",
            ApprovalStatus.Rejected => "{0} had already rejected {1} (task {2}) of {3}. Nothing was changed.",
            _ => "{0} had already withdrawn {1} (task {2}) of {3}. Nothing was changed.",
        };
        return texts.Rich(text, Name(texts, by), Command(there), Text(there.Task.TaskId), Name(texts, there.Submitter));
    }

    // In the order they were named.
    private static async Task<IReadOnlyList<Approval>> FindAsync(PanelContext panel, List<long> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var query = new ApprovalQuery { Ids = [.. ids], OldestFirst = true, Page = new PageRequest(Named) };
        var found = await panel.Http.RequestServices.GetRequiredService<IApprovalService>().SearchAsync(panel.Actor, query, panel.Ct);
        return found.IsSuccess ? found.Value.Items : [];
    }

    private static RenderFragment Command(Approval approval)
    {
        var line = string.Join(' ', [approval.Task.Command, .. approval.Task.Arguments]);
        return Text(line.Length <= LongestCommand ? line : string.Concat(line.AsSpan(0, Cut(line)), "…"), TextKind.Code);
    }

    // Not through the middle of a pair.
    private static int Cut(string line) => char.IsHighSurrogate(line[LongestCommand - 1]) ? LongestCommand - 1 : LongestCommand;

    private static RenderFragment Name(PanelTexts texts, string name) => Text(NameWords.Say(texts, name));

    private static RenderFragment Text(string text, TextKind kind = TextKind.Line) => builder =>
    {
        builder.OpenComponent<Written>(0);
        builder.AddComponentParameter(1, nameof(Written.Text), text);
        builder.AddComponentParameter(2, nameof(Written.Kind), kind);
        builder.CloseComponent();
    };
}
