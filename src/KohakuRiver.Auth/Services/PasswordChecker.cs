using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Passwords;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Services;

/// <summary>
/// Checks a password against an account inside the hashing queue: counts the attempt first, costs the same for no
/// account and a locked one, and renews hashes of older forms.
/// </summary>
internal sealed class PasswordChecker(
    IUserStore users, IPasswordHasher hasher, HashingQueue queue, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    private readonly LockoutPolicy lockout = new(
        options.Value.Throttling.LockoutThreshold, options.Value.Throttling.LockoutFirstPause, options.Value.Throttling.LockoutLongestPause);

    /// <summary>What a check found. <paramref name="VerifiedHash"/> is the stored hash as it is now, only when the password was right.</summary>
    internal readonly record struct Result(bool IsBusy, bool WasLocked, string? VerifiedHash);

    /// <summary>A place for one login; null when too many are under way. Asked before anything is read or counted.</summary>
    internal IDisposable? TryAdmit() => queue.TryAdmit();

    internal async Task<Result> CheckAsync(PasswordRecord? record, string password, CancellationToken ct)
    {
        IDisposable slot;
        try
        {
            slot = await queue.EnterAsync(ct);
        }
        catch (HashingQueueFullException)
        {
            return new Result(true, false, null);
        }

        // The attempt is counted only with a thread at hand: somebody who is told to come back later has not failed.
        using (slot)
        {
            if (record is null)
            {
                await Task.Run(() => hasher.VerifyNothing(password), ct);
                return new Result(false, false, null);
            }

            if (!await users.TryCountLoginAttemptAsync(record.User.Id, lockout, clock.GetInstant(), ct))
            {
                await Task.Run(() => hasher.VerifyNothing(password), ct);
                return new Result(false, true, null);
            }

            var (verdict, renewed) = await Task.Run(() => Verify(password, record.PasswordHash), ct);
            if (verdict == PasswordVerdict.Wrong)
            {
                return new Result(false, false, null);
            }

            if (renewed is null)
            {
                return new Result(false, false, record.PasswordHash);
            }

            return await users.TryRehashAsync(record.User.Id, record.PasswordHash, renewed, ct)
                ? new Result(false, false, renewed)
                : await CheckAgainAsync(record.User.Id, password, ct);
        }
    }

    // Another login renewed the hash meanwhile, or the password was changed: only the hash as it is now tells which.
    private async Task<Result> CheckAgainAsync(long userId, string password, CancellationToken ct)
    {
        var now = await users.FindPasswordAsync(userId, ct);
        var isRight = now is not null && await Task.Run(() => hasher.Verify(password, now.PasswordHash), ct) != PasswordVerdict.Wrong;
        return new Result(false, false, isRight ? now!.PasswordHash : null);
    }

    private (PasswordVerdict Verdict, string? Renewed) Verify(string password, string storedHash)
    {
        var verdict = hasher.Verify(password, storedHash);
        return (verdict, verdict == PasswordVerdict.RightNeedsRehash ? hasher.Hash(password) : null);
    }
}
