using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The non-secret columns in a foreign model. Mapped like views: those are in no migrations, and Entity Framework refuses to save
/// them. Everything is explicit, because the host's own conventions apply to whatever is not.
/// </summary>
internal sealed class EmbeddingMapping(ModelBuilder model, string? schema)
{
    // The only difference between the engines' tables. The provider annotates the model before anything else sees it.
    private readonly ValueConverter times = model.Model.GetAnnotations().Any(a => a.Name.StartsWith("Npgsql:", StringComparison.Ordinal))
        ? new ValueConverter<DateTimeOffset, DateTimeOffset>(value => Instants.Cut(value), value => value)
        : new ValueConverter<DateTimeOffset, long>(value => Instants.ToMicroseconds(value), value => Instants.FromMicroseconds(value));

    public void Apply()
    {
        Map<KohakuUser>("kohaku_users", user => user.HasKey(u => u.Id));
        Map<KohakuGroup>("kohaku_groups", group => group.HasKey(g => g.Id));
        Map<KohakuMembership>("kohaku_memberships", membership => membership.HasKey(m => new { m.UserId, m.GroupId }));
        Map<KohakuVpsAssignment>("kohaku_vps_assignments", assignment => assignment.HasKey(a => a.Id));
        Map<KohakuApproval>("kohaku_approvals", approval => approval.HasKey(a => a.Id));
    }

    private void Map<T>(string table, Action<EntityTypeBuilder<T>> key)
        where T : class
    {
        var entity = model.Entity<T>();
        entity.ToView(table, schema);
        key(entity);
        foreach (var property in typeof(T).GetProperties())
        {
            var mapped = entity.Property(property.PropertyType, property.Name)
                .HasColumnName(NamingRules.ToSnakeCase(property.Name))
                .ValueGeneratedNever();
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type == typeof(DateTimeOffset))
            {
                mapped.HasConversion(times);
            }
            else if (type.IsEnum)
            {
                mapped.HasConversion<int>();
            }
        }
    }
}
