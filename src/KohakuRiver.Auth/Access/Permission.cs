namespace KohakuRiver.Auth;

/// <summary>Something a role may do. Hosts create their own and register them next to the built-in ones.</summary>
public sealed record Permission
{
    /// <summary>Creates a permission.</summary>
    /// <param name="name">Dotted lower-case name, for instance <c>reports.view</c>.</param>
    /// <param name="minimumRole">The lowest role that has it; not <see cref="Role.Anony"/>, which has no permission.</param>
    /// <param name="description">One line for the permissions table.</param>
    /// <exception cref="ArgumentException">The name is empty, or the role is <see cref="Role.Anony"/>.</exception>
    public Permission(string name, Role minimumRole, string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (minimumRole is <= Role.Anony or > Role.Admin)
        {
            throw new ArgumentException("A permission needs a role from viewer to admin; anony has none.", nameof(minimumRole));
        }

        Name = name;
        MinimumRole = minimumRole;
        Description = description;
    }

    /// <summary>Dotted lower-case name.</summary>
    public string Name { get; }

    /// <summary>The lowest role that has it.</summary>
    public Role MinimumRole { get; }

    /// <summary>One line for the permissions table.</summary>
    public string Description { get; }
}
