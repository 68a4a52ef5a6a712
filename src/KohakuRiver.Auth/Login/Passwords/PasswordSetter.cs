namespace KohakuRiver.Auth;

/// <summary>Checks and hashes a new password: format, blocklist, hash, the costly parts inside the hashing queue.</summary>
internal sealed class PasswordSetter(
    PasswordPolicy policy, IPasswordHasher hasher, HashingQueue hashing, AttemptThrottle throttle, RefusalPace pace)
{
    /// <summary>The faults that can be found cheaply; null for none.</summary>
    internal Refusal? CheckFormat(string field, string? password, string? username) => policy.Check(field, password, username);

    /// <summary>Whether a password that passes <see cref="CheckFormat"/> is one that attackers try first; null when it is not.</summary>
    internal Task<Refusal?> CheckBlocklistAsync(string field, string password, string? username) =>
        Task.Run(() => policy.CheckBlocklist(field, password, username), CancellationToken.None);

    /// <summary>
    /// The finished hash for a caller who has only presented a code, or not even that, or why the password is refused (format, blocklist,
    /// no free thread, too many from the address: a name that is taken takes no use of a code, so the code alone limits nothing).
    /// </summary>
    /// <param name="field">The field that held it.</param>
    /// <param name="password">The password as sent.</param>
    /// <param name="username">The name of the account.</param>
    /// <param name="client">The client that waits for it.</param>
    /// <param name="replaced">The stored hash of the password that it must differ from; null where any will do.</param>
    /// <param name="cancellationToken">Cancels the wait for a turn; hashing that has begun is completed.</param>
    internal async Task<KohakuResult<string>> HashAsync(
        string field, string? password, string? username, ClientInfo client, string? replaced, CancellationToken cancellationToken)
    {
        if (throttle.FindShut(AttemptKind.Login, client.Address) is { } shut)
        {
            await pace.WaitAsync(client.Address, cancellationToken);
            return shut;
        }

        return await HashAsync(
            field, password, username, AttemptThrottle.ClientDetails(client.Address, username), client.Address, replaced,
            cancellationToken);
    }

    /// <summary>The same for an actor, whose share of the queue is used whoever the password is for.</summary>
    internal Task<KohakuResult<string>> HashAsync(
        string field, string? password, string? username, Actor actor, CancellationToken cancellationToken) =>
        HashAsync(
            field,
            password,
            username,
            AttemptThrottle.ClientDetails(actor.Address, actor.Id is null ? null : actor.Username),
            null,
            null,
            cancellationToken);

    private async Task<KohakuResult<string>> HashAsync(
        string field, string? password, string? username, HashingClient client, string? countedAddress, string? replaced,
        CancellationToken cancellationToken)
    {
        if (policy.Check(field, password, username) is { } fault)
        {
            return fault;
        }

        using var place = hashing.TryAdmit(client);
        if (place is null)
        {
            await pace.WaitAsync(client.Address, cancellationToken);
            return Refusals.HashingBusy;
        }

        var (tooMany, _) = await throttle.TryTakeAsync(AttemptKind.Login, countedAddress, cancellationToken);
        if (tooMany is not null)
        {
            return tooMany;
        }

        try
        {
            using var turn = await hashing.EnterAsync(place, cancellationToken);
            if (await Task.Run(() => policy.CheckBlocklist(field, password!, username), CancellationToken.None) is { } blocked)
            {
                return blocked;
            }

            if (replaced is not null
                && await turn.RunAsync(HashOperation.Verify, () => hasher.Verify(password!, replaced), CancellationToken.None)
                    != PasswordVerdict.Wrong)
            {
                return Refusal.Field(field, Refusals.SamePassword);
            }

            return await turn.RunAsync(HashOperation.Hash, () => hasher.Hash(password!), CancellationToken.None);
        }
        catch (HashingQueueFullException)
        {
            return Refusals.HashingBusy;
        }
    }
}
