using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Checks a password against an account, the only way for logins and for password confirmations: the throttle first,
/// from memory, then a place in the hashing queue, and only then the database. Counts the attempt before it is checked, takes the same time
/// for a missing account and a locked one, and renews hashes in older forms.
/// </summary>
internal sealed class PasswordChecker(
    IUserStore users, IPasswordHasher hasher, HashingQueue hashing, AttemptThrottle throttle, RefusalPace pace,
    IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    // No row has it.
    private const long Nobody = 0;

    private readonly LockoutPolicy lockout = new(
        options.Value.Throttling.LockoutThreshold, options.Value.Throttling.LockoutFirstPause,
        options.Value.Throttling.LockoutLongestPause);

    /// <summary>
    /// The result of a check. A <paramref name="Refusal"/> (Throttled, Busy) means that the password was not checked, or was right once too
    /// often.
    /// <paramref name="VerifiedHash"/> is the current stored hash, only when the password was right.
    /// </summary>
    internal readonly record struct Result(
        Refusal? Refusal, PasswordRecord? Record = null, bool WasLocked = false, string? VerifiedHash = null);

    /// <summary>Checks the password of the account that <paramref name="find"/> returns.</summary>
    /// <param name="address">The client's address; null outside requests.</param>
    /// <param name="username">The account name sent, for its share of the queue; null where it cannot be a username.</param>
    /// <param name="password">The password as sent.</param>
    /// <param name="find">Reads the account; null when it does not exist.</param>
    internal async Task<Result> CheckAsync(
        string? address, string? username, string password, Func<CancellationToken, Task<PasswordRecord?>> find,
        CancellationToken cancellationToken)
    {
        if ((throttle.FindShut(AttemptKind.FailedLogin, address) ?? throttle.FindShut(AttemptKind.Login, address)) is { } shut)
        {
            await pace.WaitAsync(address, cancellationToken);
            return new Result(shut);
        }

        // In a flood the database's queue would be longer than that for hashing, so callers are refused here.
        using var place = hashing.TryAdmit(AttemptThrottle.ClientDetails(address, username));
        if (place is null)
        {
            await pace.WaitAsync(address, cancellationToken);
            return new Result(Refusals.HashingBusy);
        }

        var (throttled, attempt) = await throttle.TryTakeAsync(AttemptKind.FailedLogin, address, cancellationToken);
        if (throttled is not null)
        {
            return new Result(throttled);
        }

        var record = await find(cancellationToken);
        var judged = await JudgeAsync(place, record, password, cancellationToken);
        if (judged.Refusal is not null || judged.VerifiedHash is not null)
        {
            await attempt.GiveBackAsync(cancellationToken);
        }

        if (judged.VerifiedHash is not null)
        {
            var (tooMany, _) = await throttle.TryTakeAsync(AttemptKind.Login, address, cancellationToken);
            if (tooMany is not null)
            {
                // It has no result, but it was not a failure.
                await users.ClearLoginFailuresAsync(record!.User.Id, cancellationToken);
                return new Result(tooMany);
            }
        }

        return judged with { Record = record };
    }

    private async Task<Result> JudgeAsync(
        HashingQueue.Place place, PasswordRecord? record, string password, CancellationToken cancellationToken)
    {
        HashingQueue.Turn turn;
        try
        {
            turn = await hashing.EnterAsync(place, cancellationToken);
        }
        catch (HashingQueueFullException)
        {
            return new Result(Refusals.HashingBusy);
        }

        // The attempt is counted only once a thread is available: a caller told to come back later has not failed. For a missing account it
        // is counted, too: the store does the same work for an unknown name.
        using (turn)
        {
            var isOpen = await users.TryCountLoginAttemptAsync(
                record?.User.Id ?? Nobody, lockout, clock.GetInstant(), cancellationToken);
            if (!isOpen || record is not { HasPassword: true })
            {
                await VerifyNothingAsync(turn, password, cancellationToken);
                return new Result(null, WasLocked: !isOpen && record is not null);
            }

            var verdict = await VerifyAsync(turn, password, record.PasswordHash, cancellationToken);
            if (verdict == PasswordVerdict.Wrong)
            {
                return default;
            }

            if (verdict != PasswordVerdict.RightNeedsRehash)
            {
                return new Result(null, VerifiedHash: record.PasswordHash);
            }

            var renewed = await turn.RunAsync(HashOperation.Hash, () => hasher.Hash(password), cancellationToken);
            return await users.TryRehashAsync(record.User.Id, record.PasswordHash, renewed, cancellationToken)
                ? new Result(null, VerifiedHash: renewed)
                : await CheckAgainAsync(turn, record.User.Id, password, cancellationToken);
        }
    }

    // Another login renewed the hash in the meantime, or the password was changed: only the current hash tells which.
    private async Task<Result> CheckAgainAsync(HashingQueue.Turn turn, long userId, string password, CancellationToken cancellationToken)
    {
        var now = await users.FindPasswordAsync(userId, cancellationToken);
        var isRight = now is { HasPassword: true }
            && await VerifyAsync(turn, password, now.PasswordHash, cancellationToken) != PasswordVerdict.Wrong;
        return new Result(null, VerifiedHash: isRight ? now!.PasswordHash : null);
    }

    private Task<PasswordVerdict> VerifyAsync(
        HashingQueue.Turn turn, string password, string storedHash, CancellationToken cancellationToken) =>
        turn.RunAsync(HashOperation.Verify, () => hasher.Verify(password, storedHash), cancellationToken);

    private Task<bool> VerifyNothingAsync(HashingQueue.Turn turn, string password, CancellationToken cancellationToken) => turn.RunAsync(
        HashOperation.Verify,
        () =>
        {
            hasher.VerifyNothing(password);
            return true;
        },
        cancellationToken);
}
