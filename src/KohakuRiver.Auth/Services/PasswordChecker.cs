using KohakuRiver.Auth.Diagnostics;
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
    IUserStore users, IPasswordHasher hasher, MeasuredHashing hashing, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    private readonly LockoutPolicy lockout = new(
        options.Value.Throttling.LockoutThreshold, options.Value.Throttling.LockoutFirstPause, options.Value.Throttling.LockoutLongestPause);

    /// <summary>What a check found. <paramref name="VerifiedHash"/> is the stored hash as it is now, only when the password was right.</summary>
    internal readonly record struct Result(bool IsBusy, bool WasLocked, string? VerifiedHash);

    /// <summary>A place for one login; null when too many are under way. Asked before anything is read or counted.</summary>
    internal IDisposable? TryAdmit() => hashing.TryAdmit();

    internal async Task<Result> CheckAsync(PasswordRecord? record, string password, CancellationToken ct)
    {
        MeasuredHashing.Turn turn;
        try
        {
            turn = await hashing.EnterAsync(ct);
        }
        catch (HashingQueueFullException)
        {
            return new Result(true, false, null);
        }

        // The attempt is counted only with a thread at hand: somebody who is told to come back later has not failed.
        using (turn)
        {
            if (record is null)
            {
                await VerifyNothingAsync(turn, password, ct);
                return new Result(false, false, null);
            }

            if (!await users.TryCountLoginAttemptAsync(record.User.Id, lockout, clock.GetInstant(), ct))
            {
                await VerifyNothingAsync(turn, password, ct);
                return new Result(false, true, null);
            }

            var verdict = await VerifyAsync(turn, password, record.PasswordHash, ct);
            if (verdict == PasswordVerdict.Wrong)
            {
                return new Result(false, false, null);
            }

            if (verdict != PasswordVerdict.RightNeedsRehash)
            {
                return new Result(false, false, record.PasswordHash);
            }

            var renewed = await turn.RunAsync(HashOperation.Hash, () => hasher.Hash(password), ct);
            return await users.TryRehashAsync(record.User.Id, record.PasswordHash, renewed, ct)
                ? new Result(false, false, renewed)
                : await CheckAgainAsync(turn, record.User.Id, password, ct);
        }
    }

    // Another login renewed the hash meanwhile, or the password was changed: only the hash as it is now tells which.
    private async Task<Result> CheckAgainAsync(MeasuredHashing.Turn turn, long userId, string password, CancellationToken ct)
    {
        var now = await users.FindPasswordAsync(userId, ct);
        var isRight = now is not null && await VerifyAsync(turn, password, now.PasswordHash, ct) != PasswordVerdict.Wrong;
        return new Result(false, false, isRight ? now!.PasswordHash : null);
    }

    private Task<PasswordVerdict> VerifyAsync(MeasuredHashing.Turn turn, string password, string storedHash, CancellationToken ct) =>
        turn.RunAsync(HashOperation.Verify, () => hasher.Verify(password, storedHash), ct);

    private Task<bool> VerifyNothingAsync(MeasuredHashing.Turn turn, string password, CancellationToken ct) => turn.RunAsync(
        HashOperation.Verify,
        () =>
        {
            hasher.VerifyNothing(password);
            return true;
        },
        ct);
}
