using KohakuRiver.Auth.AdminPanel.Lists;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace KohakuRiver.Auth.AdminPanel.Tests.Lists;

/// <summary>The ways through a list that its addresses carry.</summary>
public sealed class PagePlaceTests
{
    private const int Size = 10;

    [Fact]
    public void Place_PageByPageToTheEndAndBack_SaysWhereItIsEachTime()
    {
        var said = new List<string>();
        var shown = Show("?", 61);
        while (shown.Next is { } next)
        {
            said.Add(Row(shown));
            shown = Show(next, 61);
        }

        said.Add(Row(shown));
        Assert.Equal(["1+10", "11+10", "21+10", "31+10", "41+10", "51+10", "61+1"], said);

        var back = new List<string>();
        while (shown.Previous is { } previous)
        {
            shown = Show(previous, 61);
            back.Add(Row(shown));
        }

        Assert.Equal(Enumerable.Reverse(said).Skip(1), back);
        Assert.True(shown.IsFirst);
    }

    [Fact]
    public void Place_FarIntoAList_KeepsItsAddressShortAndTheWayToTheFirstPage()
    {
        var shown = Show("?", 10_000);
        for (var i = 0; i < 200; i++)
        {
            shown = Show(shown.Next!, 10_000);
            Assert.True(shown.Next!.Length < 2200);
        }

        Assert.Equal(2001, shown.From);
        var steps = 0;
        while (shown.Previous is { } previous)
        {
            shown = Show(previous, 10_000);
            steps++;
        }

        Assert.InRange(steps, 20, 199);
        Assert.False(shown.IsFirst);
        Assert.True(Show(shown.First, 10_000).IsFirst);
    }

    [Fact]
    public void Place_FromAnAddressWithACursorAlone_DoesNotGuess()
    {
        var shown = Show("?cursor=" + CursorAt(35).Encode(), 61);
        Assert.Null(shown.From);
        Assert.Null(shown.Previous);
        Assert.False(shown.IsFirst);
    }

    [Fact]
    public void Place_RowsThatWentMeanwhile_AreNotCounted()
    {
        // The address says page 6, but only 12 rows are left, and none after the cursor but two.
        var place = PagePlace.Read(Query($"?cursor={CursorAt(2).Encode()}&page=6&back={CursorAt(3).Encode()}"), "-id");
        var around = Parameters(place.Around(new Page<int>([2, 1], null, 12), Size, Address));
        Assert.Equal(11, around.From);
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=x")]
    [InlineData("?back=nonsense")]
    [InlineData("?cursor=nonsense")]
    public void Place_FromAnAddressThatNoPageMade_IsAFault(string address)
    {
        var query = Query(address);
        PagePlace.Read(query, "-id");
        Assert.NotNull(query.Refusal);
    }

    [Fact]
    public void Place_OfAWholeList_CutsItAndCountsOn()
    {
        var rows = Enumerable.Range(1, 25).ToList();
        var place = PagePlace.ReadWhole(Query("?page=3"));
        Assert.Equal([21, 22, 23, 24, 25], place.Cut(rows, Size));
        var around = Parameters(place.Around(rows.Count, Size, Address));
        Assert.Equal(("21+5", null, "?page=2"), (Row(around), around.Next, around.Previous));
        Assert.Empty(PagePlace.ReadWhole(Query("?page=1000000")).Cut(rows, int.MaxValue));
    }

    private static string Row(Shown shown) => $"{shown.From}+{shown.Count}";

    // A list of ids, newest first, as the stores give it.
    private static Shown Show(string address, int total)
    {
        var query = Query(address);
        var place = PagePlace.Read(query, "-id");
        Assert.Null(query.Refusal);
        var first = place.Cursor is { } cursor ? (int)cursor.Id - 1 : total;
        var ids = Enumerable.Range(0, Math.Min(Size, first)).Select(i => first - i).ToList();
        var page = new Page<int>(ids, ids[^1] > 1 ? CursorAt(ids[^1]) : null, total);
        return Parameters(place.Around(page, Size, Address));
    }

    private static PageCursor CursorAt(int id) => new() { Order = "-id", Id = id };

    private static string Address(IReadOnlyList<(string Name, string? Value)> more) =>
        "?" + string.Join('&', more.Where(m => !string.IsNullOrEmpty(m.Value)).Select(m => $"{m.Name}={Uri.EscapeDataString(m.Value!)}"));

    private static StrictQuery Query(string address) => new(new QueryCollection(QueryHelpers.ParseQuery(address)));

    private static Shown Parameters(Dictionary<string, object> around) => new(
        (string)around[nameof(Pager.First)], (string?)around[nameof(Pager.Previous)], (string?)around[nameof(Pager.Next)],
        (long?)around[nameof(Pager.From)], (int)around[nameof(Pager.Count)], (bool)around[nameof(Pager.IsFirst)]);

    private sealed record Shown(string First, string? Previous, string? Next, long? From, int Count, bool IsFirst);
}
