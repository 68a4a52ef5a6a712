namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>What a test host keeps its data in.</summary>
public enum StoreKind
{
    InMemory,
    Sqlite,
}
