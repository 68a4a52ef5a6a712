using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

public sealed class LockoutPolicyTests
{
    private readonly LockoutPolicy policy = new(100, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(-5)]
    public void PauseAfter_BelowTheThreshold_IsNone(int failures) => Assert.Null(policy.PauseAfter(failures));

    [Theory]
    [InlineData(100, 30)]
    [InlineData(101, 60)]
    [InlineData(102, 120)]
    [InlineData(103, 240)]
    [InlineData(104, 480)]
    [InlineData(105, 960)]
    [InlineData(106, 1920)]
    [InlineData(107, 3600)]
    [InlineData(108, 3600)]
    [InlineData(1000, 3600)]
    [InlineData(int.MaxValue, 3600)]
    public void PauseAfter_FromTheThreshold_DoublesToTheLongest(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), policy.PauseAfter(failures));

    [Fact]
    public void PauseAfter_ThresholdOfOne_PausesAfterTheFirst() =>
        Assert.Equal(TimeSpan.FromSeconds(5), new LockoutPolicy(1, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)).PauseAfter(1));

    [Fact]
    public void PauseAfter_FirstLongerThanLongest_IsTheLongest() =>
        Assert.Equal(TimeSpan.FromSeconds(1), new LockoutPolicy(1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)).PauseAfter(1));
}
