namespace KohakuRiver.Auth.Tests;

public sealed class InvitationTests
{
    private static readonly DateTimeOffset Expiry = DateTimeOffset.UnixEpoch.AddDays(3);

    [Theory]
    [InlineData(1, 0, -1, true)]
    [InlineData(1, 0, 0, false)]
    [InlineData(1, 0, 1, false)]
    [InlineData(1, 1, -1, false)]
    [InlineData(3, 2, -1, true)]
    [InlineData(3, 4, -1, false)]
    public void IsOpen_WithUsesAndTime_NeedsBoth(int maxUses, int uses, int microseconds, bool open)
    {
        var invitation = new Invitation
        {
            Id = 1,
            Prefix = "kri_abcd",
            Role = Role.Viewer,
            MaxUses = maxUses,
            Uses = uses,
            ExpiresAt = Expiry,
            CreatedBy = "alice",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        Assert.Equal(open, invitation.IsOpen(Expiry.AddMicroseconds(microseconds)));
        Assert.Equal(Math.Max(0, maxUses - uses), invitation.RemainingUses);
    }
}
