namespace KohakuRiver.Auth.Tests;

public sealed class HashingSharesTests
{
    // As on a machine with two cores and the default queue.
    private const int Places = 33;

    [Fact]
    [Trait("Requirement", "B9")]
    public void TryTake_OneAddress_GetsAQuarterAndLeavesTheRestToOthers()
    {
        var shares = new HashingShares(Places);
        Assert.Equal(8, Take(shares, 40, i => new HashingClient("a", $"N{i}")));
        Assert.Equal(25, Take(shares, 40, i => new HashingClient($"b{i}", $"M{i}")));
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public void TryTake_OneAccountFromEverywhere_GetsAQuarter()
    {
        var shares = new HashingShares(Places);
        Assert.Equal(8, Take(shares, 40, i => new HashingClient($"a{i}", "ALICE")));
        Assert.Equal(1, Take(shares, 1, _ => new HashingClient("a0", "BOB")));
    }

    [Fact]
    [Trait("Requirement", "B9")]
    public void TryTake_OneAddressForOneAccount_LeavesTheOwnerAPlaceElsewhere()
    {
        var shares = new HashingShares(Places);
        Assert.Equal(4, Take(shares, 40, _ => new HashingClient("a", "ALICE")));
        Assert.Equal(4, Take(shares, 40, i => new HashingClient($"b{i}", "ALICE")));
        Assert.Equal(4, Take(shares, 40, i => new HashingClient("a", $"N{i}")));
    }

    [Fact]
    public void TryTake_OutsideRequests_IsBoundByAllPlacesOnly()
    {
        var shares = new HashingShares(Places);
        Assert.Equal(Places, Take(shares, 40, _ => default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void TryTake_FewPlaces_EverybodyMayHaveOne(int places)
    {
        var shares = new HashingShares(places);
        Assert.Equal(1, Take(shares, 10, _ => new HashingClient("a", "ALICE")));
        Assert.Equal(places - 1, Take(shares, 10, i => new HashingClient($"b{i}", $"N{i}")));
    }

    [Fact]
    public void GiveBack_InAnyOrder_LeavesNothingTaken()
    {
        var shares = new HashingShares(Places);
        for (var round = 0; round < 3; round++)
        {
            var clients = Enumerable.Range(0, 24)
                .Select(i => new HashingClient(i % 5 == 0 ? null : $"a{i % 3}", i % 4 == 0 ? null : $"N{i % 7}")).ToList();
            var held = clients.Where(shares.TryTake).ToList();
            Assert.InRange(held.Count, 16, 24);
            held.Reverse();
            held.ForEach(shares.GiveBack);
        }

        Assert.Equal(8, Take(shares, 40, i => new HashingClient("a0", $"X{i}")));
        Assert.Equal(25, Take(shares, 40, _ => default));
    }

    private static int Take(HashingShares shares, int tries, Func<int, HashingClient> client) =>
        Enumerable.Range(0, tries).Count(i => shares.TryTake(client(i)));
}
