namespace KohakuRiver.Auth;

/// <summary>A VPS instance as the host describes it.</summary>
/// <param name="VpsId">The host's id: 1 to 64 letters, digits, dots, underscores, colons or hyphens.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Node">Where it runs; null when unknown.</param>
/// <param name="Status">The host's own word for its state; null when unknown.</param>
public sealed record VpsInfo(string VpsId, string Name, string? Node = null, string? Status = null)
{
    /// <summary>Whom the host names as its owner; null when it names nobody. Only shown: access comes from assignments.</summary>
    public string? Owner { get; init; }

    /// <summary>The network address or name people reach it at; null when unknown.</summary>
    public string? Address { get; init; }

    /// <summary>The command that logs in there, for copying, for instance <c>ssh -p 2201 node-1</c>; null when there is none.</summary>
    public string? SshCommand { get; init; }

    /// <summary>
    /// The id of the user whose it is at the host; null when unknown. For the panel, which says so: it gives no access by
    /// <see cref="AccessRules.UseVps"/>, what owners may do is the host's own to check.
    /// </summary>
    public long? OwnerId { get; init; }
}
