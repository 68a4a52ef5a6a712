namespace KohakuRiver.Auth.Testing;

/// <summary>The group of <paramref name="Invitation"/> is filled in when it is read, because group names change.</summary>
internal sealed record InvitationRow(Invitation Invitation, SecretHash Hash, long? GroupId) : IMemoryRow<SecretHash>
{
    public long Id => Invitation.Id;

    public SecretHash Key => Hash;
}
