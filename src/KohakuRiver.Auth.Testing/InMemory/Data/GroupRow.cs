namespace KohakuRiver.Auth.Testing;

/// <summary>The member count of <paramref name="Group"/> is filled in when it is read.</summary>
internal sealed record GroupRow(Group Group) : IMemoryRow<string>
{
    public long Id => Group.Id;

    public string Key => Group.Name;
}
