namespace KohakuRiver.Auth.Import;

/// <summary>
/// Where a host keeps the history of tasks that an import brings along (<see cref="ImportOptions.Tasks"/>). Register it in the services
/// that the import is run with, with any lifetime.
/// </summary>
public interface IImportedTaskStore
{
    /// <summary>Which of these ids exist already. Changes nothing: also called by a dry run.</summary>
    Task<IReadOnlySet<long>> ListExistingAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Adds tasks that have ended, all or none. None of the ids existed a moment ago.</summary>
    Task AddAsync(IReadOnlyList<ImportedTask> tasks, CancellationToken cancellationToken);
}
