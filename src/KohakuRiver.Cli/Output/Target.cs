namespace KohakuRiver.Cli;

/// <summary>One of several that something is done to, found by what was typed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null where it has none.</param>
internal sealed record Target(long Id, string? Name)
{
    /// <summary>Its name, or its id.</summary>
    internal string Label => Name ?? Show.Number(Id);

    /// <summary>As it is asked about: both, where there are both.</summary>
    internal string Full => Name is null ? $"with id {Id}" : $"{Name} (id {Id})";

    internal static Target Of(User user) => new(user.Id, user.Username);
}
