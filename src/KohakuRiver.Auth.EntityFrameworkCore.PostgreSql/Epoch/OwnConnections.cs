using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// Gives the contexts connections of the set's pool. Passing the data source to the provider instead would
/// make Entity Framework build its services and the model anew for every set.
/// </summary>
internal sealed class OwnConnections(NpgsqlDataSource source) : DbConnectionInterceptor
{
    /// <inheritdoc />
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(source.CreateConnection());
}
