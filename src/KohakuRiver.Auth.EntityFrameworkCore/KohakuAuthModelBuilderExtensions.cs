using KohakuRiver.Auth.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Lets a host's own context join with the user side's tables.</summary>
public static class KohakuAuthModelBuilderExtensions
{
    /// <summary>
    /// Maps users, groups, memberships, VPS assignments and approvals into the model, for reading and joining with the host's own tables:
    /// <see cref="KohakuUser"/>, <see cref="KohakuGroup"/>, <see cref="KohakuMembership"/>, <see cref="KohakuVpsAssignment"/>,
    /// <see cref="KohakuApproval"/>. Columns with secrets, hashes included, are not mapped.
    /// </summary>
    /// <param name="modelBuilder">The host's model builder, in <see cref="DbContext.OnModelCreating"/>.</param>
    /// <param name="schema">
    /// The schema of the tables, where it differs from the default schema of the host's model; null for the default. SQLite has none.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The tables remain the user side's: they are in no migration of the host's context, <c>EnsureCreated</c> does not create them,
    /// relationships to them get no foreign key in the database, and <c>SaveChanges</c> throws <see cref="InvalidOperationException"/>
    /// where one of their rows was added, changed or removed. Change users through the services, which check and audit.
    /// </remarks>
    public static ModelBuilder ApplyKohakuAuth(this ModelBuilder modelBuilder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        new EmbeddingMapping(modelBuilder, schema).Apply();
        return modelBuilder;
    }
}
