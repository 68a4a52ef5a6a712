using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Failed logins and the pauses that follow them.</summary>
[Subject("Users")]
internal sealed class LockoutCases : StoreCases
{
    [Case]
    public async Task CountLoginAttempt_BelowTheThreshold_CountsWithoutPauseOrAudit()
    {
        var user = await MakeUserAsync();
        await WritesNoAuditAsync(async () =>
        {
            Assert.True(await Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, Now, Ct));
            Assert.True(await Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, Now, Ct));
        });
        Assert.Equal(user with { FailedLogins = 2 }, await UserAsync(user.Id));
    }

    [Case]
    public async Task CountLoginAttempt_AtTheThreshold_StartsThePause()
    {
        var user = await MakeUserAsync();
        await LockAsync(user);
        var locked = await UserAsync(user.Id);
        Assert.Equal(Policy.Threshold, locked.FailedLogins);
        Assert.Equal(Now + Policy.FirstPause, locked.LockedUntil);
    }

    [Case]
    public async Task ListLocked_AtAnInstant_GivesThoseLockedThenLongestFirst()
    {
        var (free, first, second) = (await MakeUserAsync(), await MakeUserAsync(), await MakeUserAsync());
        Assert.True(await Stores.Users.TryCountLoginAttemptAsync(free.Id, Policy, Now, Ct));
        await LockAsync(first);
        await LockAsync(second);
        var end = (await UserAsync(second.Id)).LockedUntil!.Value;
        Assert.True(await Stores.Users.TryCountLoginAttemptAsync(second.Id, Policy, end, Ct));

        Assert.Equal(
            [await UserAsync(second.Id), await UserAsync(first.Id)],
            await Stores.Users.ListLockedAsync(end.AddMicroseconds(-1), 9, Ct));
        Assert.Equal([second.Id], (await Stores.Users.ListLockedAsync(end.AddMicroseconds(-1), 1, Ct)).Select(u => u.Id));
        Assert.Equal([second.Id], (await Stores.Users.ListLockedAsync(end, 9, Ct)).Select(u => u.Id));
        Assert.Empty(await Stores.Users.ListLockedAsync(end.AddDays(1), 9, Ct));
    }

    [Case]
    public async Task CountLoginAttempt_WhileLocked_IsRefusedAndNotCounted()
    {
        var user = await MakeUserAsync();
        await LockAsync(user);
        var end = (await UserAsync(user.Id)).LockedUntil;
        Assert.NotNull(end);
        await RefusesAsync(() => Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, Now, Ct));
        await RefusesAsync(() => Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, end.Value.AddMicroseconds(-1), Ct));
    }

    [Case]
    public async Task CountLoginAttempt_PauseJustOver_PassesOnceAndDoublesThePauseUpToTheLongest()
    {
        var user = await MakeUserAsync();
        await LockAsync(user);
        foreach (var pause in new[] { 2, 4, 4 })
        {
            var end = (await UserAsync(user.Id)).LockedUntil;
            Assert.NotNull(end);
            Assert.True(await Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, end.Value, Ct));
            Assert.False(await Stores.Users.TryCountLoginAttemptAsync(user.Id, Policy, end.Value, Ct));
            Assert.Equal(end + TimeSpan.FromMinutes(pause), (await UserAsync(user.Id)).LockedUntil);
        }

        Assert.Equal(Policy.Threshold + 3, (await UserAsync(user.Id)).FailedLogins);
    }

    [Case]
    public async Task CountLoginAttempt_UnknownUser_IsRefused()
    {
        var user = await MakeUserAsync();
        await RefusesAsync(() => Stores.Users.TryCountLoginAttemptAsync(user.Id + 1000, Policy, Now, Ct));
    }

    [Case]
    public async Task CountLoginAttempt_ManyAtOnce_OnlyTheThresholdPasses()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var user = await MakeUserAsync();
            var now = Now;
            var passed = await RaceAsync(sets, (set, _) => set.Users.TryCountLoginAttemptAsync(user.Id, Policy, now, Ct));
            Assert.Equal(Policy.Threshold, passed.Count(p => p));
            Assert.Equal(
                user with { FailedLogins = Policy.Threshold, LockedUntil = now + Policy.FirstPause },
                await UserAsync(user.Id));
        }
    }

    [Case]
    public async Task CountLoginAttempt_OtherUsers_AreUntouched()
    {
        var user = await MakeUserAsync();
        await LockAsync(await MakeUserAsync());
        Assert.Equal(user, await UserAsync(user.Id));
    }

    [Case]
    public async Task ClearLoginFailures_LockedUser_UnlocksWithoutAudit()
    {
        var user = await MakeUserAsync();
        await LockAsync(user);
        await WritesNoAuditAsync(() => Stores.Users.ClearLoginFailuresAsync(user.Id, Ct));
        Assert.Equal(user, await UserAsync(user.Id));
        await Stores.Users.ClearLoginFailuresAsync(user.Id + 1000, Ct);
    }

    [Case]
    public async Task Unlock_LockedUser_SetsTheCountBack()
    {
        var user = await MakeUserAsync();
        var other = await MakeUserAsync();
        await LockAsync(user);
        await LockAsync(other);
        await WritesAsync(e => Stores.Users.TryUnlockAsync(user.Id, e, Ct));
        Assert.Equal(user, await UserAsync(user.Id));
        Assert.NotNull((await UserAsync(other.Id)).LockedUntil);
    }

    [Case]
    public async Task Unlock_UnknownUser_IsRefused()
    {
        var user = await MakeUserAsync();
        await LosesAsync(WriteStatus.NotFound, e => Stores.Users.TryUnlockAsync(user.Id + 1000, e, Ct));
    }
}
