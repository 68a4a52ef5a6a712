using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>Asks somebody who is logged in for their own password once more, before what matters most.</summary>
internal sealed class PasswordConfirmation(IUserStore users, PasswordChecker checker, AuditService audit, TimeProvider clock)
{
    /// <summary>The stored hash that the password was verified against; the refusal names the field.</summary>
    /// <param name="actor">Who confirms; has an account.</param>
    /// <param name="currentPassword">The password as sent.</param>
    /// <param name="action">What a failure is recorded as.</param>
    internal async Task<KohakuResult<string>> VerifyAsync(
        Actor actor, string? currentPassword, string action, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(currentPassword))
        {
            return Refusal.Field(Fields.CurrentPassword, "Your own password is needed for this.");
        }

        var check = await checker.CheckAsync(
            actor.Address, actor.Username, currentPassword, c => users.FindPasswordAsync(actor.Id!.Value, c), cancellationToken);
        if (check.Refusal is { } refusal)
        {
            return refusal;
        }

        if (check.VerifiedHash is { } hash)
        {
            // Here and not with the change: what it is for may still be refused, and that is not a failed login.
            await users.ClearLoginFailuresAsync(actor.Id!.Value, cancellationToken);
            return hash;
        }

        if (check.Record is not { } record)
        {
            // Deleted since the request was authorized: no user is left whose password could be wrong.
            return Refusals.Unauthenticated;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), action).On("user", actor.Id, actor.Username);
        await audit.RecordAsync(entry.Ended(AuditOutcome.Failure, check.WasLocked ? "locked" : "wrong current password"));
        return Refusal.Field(
            Fields.CurrentPassword,
            record.HasPassword
                ? "The current password is wrong."
                : "This account has no password. Ask an admin for a link to set one.");
    }
}
