using System.Globalization;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What a reader of the queue looks at, as its address says it: filters, page, and since when. Whatever waited then stays in the list, in
/// its place, while it is decided; so no row moves because of a decision, of the reader's own or of anybody else's.
/// </summary>
internal sealed record QueueView
{
    /// <summary>How many rows a page has: each holds a command, and a page is to stay light.</summary>
    internal const int PageSize = 25;

    private const int LastPage = 100_000;
    private const long Gibibyte = 1L << 30;

    /// <summary>When the list was opened; null for one that is opened now.</summary>
    internal DateTimeOffset? Opened { get; init; }

    /// <summary>The lowest id in the list when it was opened: nothing before it belongs to it.</summary>
    internal long First { get; init; }

    /// <summary>Only of this submitter.</summary>
    internal long? Person { get; init; }

    /// <summary>Only of members of this group.</summary>
    internal long? Group { get; init; }

    /// <summary>Only for this node.</summary>
    internal string? Node { get; init; }

    /// <summary>Only with GPUs, or only without.</summary>
    internal bool? Gpus { get; init; }

    /// <summary>Only with so many cores or more.</summary>
    internal int? Cores { get; init; }

    /// <summary>Only with so much memory or more, in gibibytes.</summary>
    internal int? MemoryGib { get; init; }

    /// <summary>The page, from 1.</summary>
    internal int Page { get; init; } = 1;

    /// <summary>Whether anything is filtered.</summary>
    internal bool IsFiltered => this with { Opened = null, First = 0, Page = 1 } != new QueueView();

    /// <summary>The same filters, opened anew: only what waits.</summary>
    internal QueueView Anew => this with { Opened = null, First = 0, Page = 1 };

    /// <summary>The parameters of the address.</summary>
    internal (string Name, string? Value)[] Parameters =>
    [
        ("view", Opened is { } at ? $"{Text(Instants.ToMicroseconds(at))}.{Text(First)}" : null),
        ("person", Text(Person)), ("group", Text(Group)), ("node", Node),
        ("gpus", Gpus switch { true => "true", false => "false", null => null }),
        ("cores", Text(Cores)), ("memory", Text(MemoryGib)),
        ("page", Page > 1 ? Text(Page) : null),
    ];

    /// <summary>The parameters as a form sends them along: the address after its question mark.</summary>
    internal string Query => string.Join(
        '&', Parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));

    /// <summary>Reads an address; faults are those of the query.</summary>
    internal static QueueView Read(StrictQuery query)
    {
        var view = new QueueView
        {
            Person = query.Id("person"),
            Group = query.Id("group"),
            Node = query.Text("node", 200),
            Gpus = query.Bool("gpus"),
            Cores = query.Int("cores", 0, int.MaxValue),
            MemoryGib = query.Int("memory", 0, int.MaxValue),
            Page = query.Int("page", 1, LastPage) ?? 1,
        };
        if (query.Text("view", 60) is not { } opened)
        {
            // Pages are counted from a first row that stays; an address without one begins.
            return view with { Page = 1 };
        }

        var parts = opened.Split('.');
        if (parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && Instants.TryFromMicroseconds(microseconds, out var at)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            return view with { Opened = at, First = first };
        }

        query.Fault("view", "view must be one from a link of this list.");
        return view;
    }

    /// <summary>Reads what a form sent along; anything that is none of it is the whole queue.</summary>
    internal static QueueView Parse(string? text)
    {
        if (text is null || text.Length > 2000)
        {
            return new QueueView();
        }

        var query = new StrictQuery(new QueryCollection(QueryHelpers.ParseQuery(text)));
        var view = Read(query);
        return query.Refusal is null ? view : new QueueView();
    }

    /// <summary>What the store is asked for.</summary>
    internal ApprovalQuery Wanted => new()
    {
        Status = Opened is null ? ApprovalStatus.Pending : null,
        WaitedAt = Opened,
        FirstId = Opened is null ? null : First,
        SubmitterId = Person,
        GroupId = Group,
        Node = Node,
        AsksForGpus = Gpus,
        LeastCores = Cores,
        LeastMemoryBytes = MemoryGib * Gibibyte,
        OldestFirst = true,
        Offset = (Page - 1) * PageSize,
        Page = new PageRequest(PageSize),
    };

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
