using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>The model after somebody has changed it and forgotten the migration.</summary>
internal sealed class ModelAhead(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    /// <summary>Gives a set that model.</summary>
    public static void Configure(DbContextOptionsBuilder options) => options.ReplaceService<IModelCustomizer, ModelAhead>();

    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        modelBuilder.Entity<GroupRow>().HasIndex(group => group.Tier).HasDatabaseName("ix_kohaku_groups_tier");
    }
}
