namespace KohakuRiver.Auth.Testing;

/// <summary>An immutable row with an id and one more unique key.</summary>
internal interface IMemoryRow<out TKey>
{
    long Id { get; }

    TKey Key { get; }
}
