namespace KohakuRiver.Auth;

/// <summary>A group by id and name.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Name">The group's name.</param>
public sealed record GroupRef(long Id, string Name);
