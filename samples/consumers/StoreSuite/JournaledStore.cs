using System.Reflection;
using KohakuRiver.Auth.Stores;

namespace StoreSuite;

/// <summary>One store of a <see cref="JournalStoreSet"/>: hands every verb to the set.</summary>
public class JournaledStore : DispatchProxy
{
    private JournalStoreSet set = null!;
    private string name = "";

    internal static TStore Create<TStore>(JournalStoreSet set, string name)
        where TStore : class
    {
        var store = Create<TStore, JournaledStore>();
        var self = (JournaledStore)(object)store;
        (self.set, self.name) = (set, name);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == "get_" + nameof(IKohakuStore.TransactionDomain))
        {
            return set.Journal;
        }

        var result = targetMethod.ReturnType;
        if (!result.IsGenericType)
        {
            return set.RunAsync<bool>(name, targetMethod, args!);
        }

        var run = result.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(JournalStoreSet.RunAsync) : nameof(JournalStoreSet.StreamAsync);
        return typeof(JournalStoreSet).GetMethod(run, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(result.GenericTypeArguments[0])
            .Invoke(set, BindingFlags.DoNotWrapExceptions, null, [name, targetMethod, args!], null);
    }
}
