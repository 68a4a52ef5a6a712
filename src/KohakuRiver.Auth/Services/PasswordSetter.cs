using KohakuRiver.Auth.Diagnostics;
using KohakuRiver.Auth.Passwords;
using KohakuRiver.Auth.Rules;

namespace KohakuRiver.Auth.Services;

/// <summary>Judges and hashes a new password: format, blocklist, hash, the costly parts inside the hashing queue.</summary>
internal sealed class PasswordSetter(PasswordPolicy policy, IPasswordHasher hasher, MeasuredHashing hashing)
{
    /// <summary>The faults that can be told without cost; null for none.</summary>
    internal Refusal? CheckFormat(string field, string? password, string? username) => policy.Check(field, password, username);

    /// <summary>The finished hash, or why the password is refused (format, blocklist, no free thread).</summary>
    internal async Task<Outcome<string>> HashAsync(string field, string? password, string? username, CancellationToken ct)
    {
        if (policy.Check(field, password, username) is { } fault)
        {
            return fault;
        }

        try
        {
            using var turn = await hashing.EnterAsync(ct);

            // What has its turn is done to the end.
            return await Task.Run(() => policy.CheckBlocklist(field, password!, username), CancellationToken.None) is { } blocked
                ? blocked
                : await turn.RunAsync(HashOperation.Hash, () => hasher.Hash(password!), CancellationToken.None);
        }
        catch (HashingQueueFullException)
        {
            return Refusals.HashingBusy;
        }
    }
}
