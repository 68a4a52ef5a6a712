using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace KohakuRiver.Auth.Architecture.Tests.Api;

/// <summary>
/// What an assembly lets others use: public types, each with its members below it, and those protected where others may derive.
/// What is hidden from editors is left out: a test holds that only components are.
/// </summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What every record has, and nobody decided.
    private static readonly string[] OfRecords =
        ["<Clone>$", "Deconstruct", "Equals", "GetHashCode", "PrintMembers", "ToString", "EqualityContract", "op_Equality", "op_Inequality"];

    /// <summary>The lines: types in ordinal order, and the members of each in ordinal order.</summary>
    internal static IEnumerable<string> Of(Assembly assembly) => Of(assembly.GetTypes().Where(t => !IsHidden(t)));

    internal static IEnumerable<string> Of(IEnumerable<Type> types) => types.Where(IsVisible)
        .OrderBy(t => TypeNames.Of(t), StringComparer.Ordinal)
        .SelectMany(t => Members(t).Order(StringComparer.Ordinal).Select(line => "    " + line).Prepend(Describe(t)));

    internal static bool IsHidden(Type type) => type.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never };

    private static bool IsVisible(Type type) =>
        type.IsNested ? IsVisible(type.DeclaringType!) && (type.IsNestedPublic || ((type.IsNestedFamily || type.IsNestedFamORAssem) && !type.DeclaringType!.IsSealed)) : type.IsPublic;

    private static string Describe(Type type)
    {
        var kind = type.IsEnum ? $"enum {TypeNames.Of(type)} : {TypeNames.Of(type.GetEnumUnderlyingType())}"
            : typeof(Delegate).IsAssignableFrom(type) ? $"delegate {Signature(type.GetMethod("Invoke")!, TypeNames.Of(type))}"
            : $"{KindOf(type)} {TypeNames.Of(type)}{Bases(type)}";
        return kind + Constraints(type.GetGenericArguments());
    }

    private static string KindOf(Type type)
    {
        var record = IsRecord(type) ? "record " : "";
        return type.IsInterface ? "interface"
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + record + "struct"
            : (type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + record + "class";
    }

    private static string Bases(Type type)
    {
        var bases = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? [b] : Array.Empty<Type>();
        var inherited = type.GetInterfaces().SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        var interfaces = type.GetInterfaces().Where(i => i.IsVisible && !inherited.Contains(i) && !(IsRecord(type) && IsEquatable(i))).Select(i => TypeNames.Of(i));
        var all = bases.Select(t => TypeNames.Of(t)).Concat(interfaces.Order(StringComparer.Ordinal)).ToList();
        return all.Count == 0 ? "" : " : " + string.Join(", ", all);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        var name = type.Name.Split('`')[0];
        return type.GetMembers(Declared)
            .Where(m => m is not Type && !m.Name.Contains('<', StringComparison.Ordinal) && !(IsRecord(type) && OfRecords.Contains(m.Name, StringComparer.Ordinal) && IsMade(m)))
            .Select(m => m switch
            {
                FieldInfo f when Access(f.Attributes, type) is { } access => f.IsSpecialName ? null : access + Field(f),
                PropertyInfo p when Accessor(p, type) is { } access => access + Property(p, type),
                EventInfo e when e.AddMethod is { } add && Access(add, type) is { } access => $"{access}event {TypeNames.Of(e.EventHandlerType!)} {e.Name}",
                ConstructorInfo c when !c.IsStatic && Access(c, type) is { } access && !IsCopying(c, type) => $"{access}{name}({Parameters(c)})",
                MethodInfo m2 when (!m2.IsSpecialName || m2.Name.StartsWith("op_", StringComparison.Ordinal)) && Access(m2, type) is { } access => access + Signature(m2, m2.Name),
                _ => null,
            })
            .OfType<string>();
    }

    private static string Field(FieldInfo field) => field.DeclaringType!.IsEnum
        ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
        : $"{(field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : ""))}{TypeNames.Of(field.FieldType, Null.Create(field))} {field.Name}"
            + (field.IsLiteral ? " = " + Value(field.GetRawConstantValue(), field.FieldType) : "");

    private static string Property(PropertyInfo property, Type declaring)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } of ? $"[{string.Join(", ", of.Select(Parameter))}]" : "";
        var get = property.GetMethod is { } g && Access(g, declaring) is { } ga ? Narrower(ga) + "get; " : "";
        var set = property.SetMethod is { } s && Access(s, declaring) is { } sa ? Narrower(sa) + (IsInit(s) ? "init; " : "set; ") : "";
        return $"{Modifiers((property.GetMethod ?? property.SetMethod)!)}{required}{TypeNames.Of(property.PropertyType, Null.Create(property))} {property.Name}{index} {{ {get}{set}}}";

        string Narrower(string access) => access == Accessor(property, declaring) ? "" : access;
    }

    private static string Signature(MethodInfo method, string name)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return $"{Modifiers(method)}{TypeNames.Of(method.ReturnType, Null.Create(method.ReturnParameter))} {name}{generic}({extension}{Parameters(method)}){Constraints(method.GetGenericArguments())}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) ? "params "
            : !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var value = parameter.HasDefaultValue ? " = " + Value(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{way}{TypeNames.Of(parameter.ParameterType, Null.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? (method.IsAbstract ? "static abstract " : "static ")
        : method.DeclaringType!.IsInterface ? (method.IsAbstract ? "" : "virtual ")
        : method.IsAbstract ? "abstract "
        : !method.IsVirtual || (method.IsFinal && method.GetBaseDefinition() == method) ? ""
        : method.GetBaseDefinition() != method ? "override " : "virtual ";

    private static string Constraints(IEnumerable<Type> arguments) => string.Concat(
        from argument in arguments
        where argument.IsGenericParameter
        let attributes = argument.GenericParameterAttributes
        let isValue = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
        let all = new[]
            {
                attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : isValue ? "struct" : IsNotNull(argument) ? "notnull" : null,
            }
            .Concat(argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(c => TypeNames.Of(c)))
            .Append(attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValue ? "new()" : null)
            .OfType<string>()
            .ToList()
        where all.Count > 0
        select $" where {argument.Name} : {string.Join(", ", all)}");

    private static string Value(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{TypeNames.Of(type)}.{Enum.ToObject(type, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string? Accessor(PropertyInfo property, Type type)
    {
        var all = property.GetAccessors(nonPublic: true).Select(a => Access(a, type)).OfType<string>().ToList();
        return all.Count == 0 ? null : all.Contains("", StringComparer.Ordinal) ? "" : all[0];
    }

    // Empty for public, null for what nobody outside sees.
    private static string? Access(MethodBase method, Type type) =>
        method.IsPublic ? "" : !type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly) ? "protected " : null;

    private static string? Access(FieldAttributes field, Type type) => (field & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => "",
        FieldAttributes.Family or FieldAttributes.FamORAssem when !type.IsSealed => "protected ",
        _ => null,
    };

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static bool IsMade(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || (member as PropertyInfo)?.GetMethod?.IsDefined(typeof(CompilerGeneratedAttribute), false) == true;

    private static bool IsEquatable(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static bool IsCopying(ConstructorInfo constructor, Type type) =>
        IsRecord(type) && constructor.GetParameters() is [{ ParameterType: var only }] && only == type;

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    // What is not said of the parameter itself is said around it.
    private static bool IsNotNull(Type argument) => argument.GetGenericParameterConstraints().Length == 0
        && (Flag(argument, "NullableAttribute") ?? Flag((MemberInfo?)argument.DeclaringMethod ?? argument.DeclaringType!, "NullableContextAttribute")
            ?? Flag(argument.DeclaringType!, "NullableContextAttribute")) == 1;

    private static byte? Flag(MemberInfo member, string attribute) => member.GetCustomAttributesData()
        .Where(a => a.AttributeType.Name == attribute)
        .Select(a => a.ConstructorArguments[0].Value as byte?)
        .FirstOrDefault();

    private static NullabilityInfoContext Null => new();
}
