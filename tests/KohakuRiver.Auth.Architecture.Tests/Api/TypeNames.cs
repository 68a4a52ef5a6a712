using System.Reflection;

namespace KohakuRiver.Auth.Architecture.Tests.Api;

/// <summary>Types as C# writes them, with what may be null.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(char)] = "char", [typeof(double)] = "double", [typeof(float)] = "float", [typeof(decimal)] = "decimal",
    };

    /// <summary>A type; <paramref name="nullability"/> says what may be null in it, null where that is not known.</summary>
    internal static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            // Reflection hands the arguments of T? through those of Nullable<T>.
            return Of(underlying, nullability is { GenericTypeArguments: [var inner] } ? inner : null) + "?";
        }

        var mark = nullability is { } info && !type.IsValueType && info.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        return (type.IsGenericParameter ? type.Name : Named(type, nullability)) + mark;
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var arguments = type.GetGenericArguments();
        var outer = type.DeclaringType is { } declaring ? Prefix(declaring, arguments) : type.Namespace is { Length: > 0 } space ? space + "." : "";
        var own = arguments[(type.DeclaringType?.GetGenericArguments().Length ?? 0)..];
        var offset = arguments.Length - own.Length;
        var inner = own.Select((a, i) => Of(a, nullability?.GenericTypeArguments.ElementAtOrDefault(offset + i)));
        return outer + type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", inner)}>");
    }

    private static string Prefix(Type declaring, Type[] arguments)
    {
        var count = declaring.GetGenericArguments().Length;
        return (declaring.IsGenericTypeDefinition ? Of(declaring.MakeGenericType(arguments[..count])) : Of(declaring)) + ".";
    }
}
