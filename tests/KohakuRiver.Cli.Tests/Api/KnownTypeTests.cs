using System.Reflection;
using System.Text.Json.Nodes;

namespace KohakuRiver.Cli.Tests.Api;

/// <summary>What is read and written as JSON is known when the program is built; a type that is missing would fail where it is
/// used.</summary>
public sealed class KnownTypeTests
{
    private const int FirstMethodWithTypes = 0x2B000001;

    // By declaring type and method: what is read or written by the last of the types that it is called with.
    private static readonly Dictionary<(string Type, string Method), Func<Type, Type>> Callers = new()
    {
        [(nameof(ApiClient), "GetAsync")] = t => t,
        [(nameof(ApiClient), "PostAsync")] = t => t,
        [(nameof(ApiClient), "PutAsync")] = t => t,
        [(nameof(ApiClient), "PatchAsync")] = t => t,
        [(nameof(ApiClient), "DeleteAsync")] = t => t,
        [(nameof(ApiClient), "ListAsync")] = t => typeof(List<>).MakeGenericType(t),
        [(nameof(InvocationContext), "ListAsync")] = t => typeof(List<>).MakeGenericType(t),
        [(nameof(OutputWriter), "Value")] = t => t,
        [(nameof(OutputWriter), "Json")] = t => t,
        [(nameof(OutputWriter), "JsonLine")] = t => t,
        [(nameof(OutputWriter), "List")] = t => typeof(IReadOnlyList<>).MakeGenericType(t),
        [(nameof(Bulk), "RunAsync")] = t => typeof(List<>).MakeGenericType(t),
        [(nameof(Bulk), "RunNamedAsync")] = t => typeof(List<>).MakeGenericType(t),
        [(nameof(ApiJson), "Read")] = t => t,
        [(nameof(ApiJson), "Text")] = t => t,
        [(nameof(ApiJson), "Bytes")] = t => t,
    };

    [Fact]
    public void Types_OfAllCalls_AreKnown()
    {
        var used = Calls().Where(m => Callers.ContainsKey(KeyOf(m)))
            .Select(m => (Key: KeyOf(m), Last: m.GetGenericArguments()[^1]))
            .Where(u => !u.Last.ContainsGenericParameters)
            .Select(u => Callers[u.Key](u.Last)).ToHashSet();

        Assert.Contains(typeof(User), used);
        Assert.Contains(typeof(IReadOnlyList<ClusterTask>), used);
        Assert.Contains(typeof(List<Token>), used);
        Assert.True(used.Count > 40, $"Only {used.Count} types.");
        Assert.DoesNotContain(used, t => ApiJsonTypes.Default.GetTypeInfo(t) is null);
    }

    [Fact]
    public void Callers_ThatAreLookedAt_AreAllThere() => Assert.Empty(
        Callers.Keys.Except(Calls().Select(KeyOf)));

    [Fact]
    public void Types_ThatTheBuildDoesNotKnow_AreNotWrittenEither()
    {
        var unknown = Assert.ThrowsAny<Exception>(() => ApiJson.Text(new { name = "ann" }, isLine: true));
        Assert.IsType<NotSupportedException>(unknown);
        Assert.Equal("""{"name":"ann"}""", ApiJson.Text(new JsonObject { ["name"] = "ann" }, isLine: true));
    }

    private static (string Type, string Method) KeyOf(MethodBase method) => (method.DeclaringType?.Name ?? "", method.Name);

    // Every generic method that the program calls, with the types it is called with.
    private static IEnumerable<MethodBase> Calls()
    {
        var module = typeof(ApiJson).Module;
        for (var token = FirstMethodWithTypes; ; token++)
        {
            MethodBase? method;
            try
            {
                method = module.ResolveMethod(token);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (ArgumentException open) when (open.InnerException is BadImageFormatException)
            {
                // Called with the types of a generic method around it.
                continue;
            }

            if (method is not null)
            {
                yield return method;
            }
        }
    }
}
