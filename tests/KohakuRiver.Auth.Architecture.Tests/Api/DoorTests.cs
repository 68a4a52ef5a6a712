using System.Reflection;
using System.Runtime.CompilerServices;
using NSubstitute;

namespace KohakuRiver.Auth.Architecture.Tests.Api;

/// <summary>The methods by which a host adds and maps the library.</summary>
public sealed class DoorTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>A door per argument that must not be null.</summary>
    public static TheoryData<string, string> Arguments => new(
        from door in Doors()
        from parameter in door.GetParameters()
        where !parameter.ParameterType.IsValueType && !parameter.HasDefaultValue
            && !parameter.ParameterType.IsGenericMethodParameter
            && Nullability.Create(parameter).WriteState != NullabilityState.Nullable
        select (Show(door), parameter.Name!));

    [Theory]
    [MemberData(nameof(Arguments))]
    public async Task Door_CalledWithoutAnArgument_NamesIt(string door, string argument)
    {
        var method = Doors().First(d => Show(d) == door);
        
        // Arguments are checked in their order, so what comes after the missing one is not looked at.
        var values = method.GetParameters().Select(p => Array.Exists(
            method.GetParameters(), missing => missing.Name == argument
                && p.Position >= missing.Position) ? null : ValueFor(p.ParameterType)).ToArray();
        var fault = await Assert.ThrowsAsync<ArgumentNullException>(async () =>
        {
            try
            {
                await (method.Invoke(null, values) as Task ?? Task.CompletedTask);
            }
            catch (TargetInvocationException e)
            {
                throw e.InnerException!;
            }
        });
        Assert.Equal(argument, fault.ParamName);
    }

    private static IEnumerable<MethodInfo> Doors() =>
        from type in Libraries.Types
        where type is { IsPublic: true, IsAbstract: true, IsSealed: true }
            && type.Namespace is "Microsoft.Extensions.DependencyInjection" or "Microsoft.AspNetCore.Builder"
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(ExtensionAttribute)) && !method.IsGenericMethodDefinition
        select method;

    private static string Show(MethodInfo door) => $"{door.DeclaringType!.Name}.{door}";

    // Something of the kind: a door looks at its arguments before it does anything with them.
    private static object? ValueFor(Type type) => type == typeof(string)
        ? "/x"
        : type.IsInterface || type.IsAbstract
            ? Substitute.For([type], [])
            : typeof(Delegate).IsAssignableFrom(type) ? Substitute.For([type], []) : RuntimeHelpers.GetUninitializedObject(type);
}
