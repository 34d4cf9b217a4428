using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace PartnerPortal.Startup;

/// <summary>
/// How a circuit writes the arguments of its calls into the browser. The framework gives every circuit serializer options of its own and hands them an array of objects: with the first call, which each circuit
/// makes to begin, the serializer looks by reflection at 62 types (all interfaces of a number among them) and keeps what it learned, 62 KB, as long as the page is open. What is written here is the
/// same JSON, without looking at what a number or a text is.
/// </summary>
internal static class CircuitArguments
{
    /// <summary>After the framework's own runtime was registered.</summary>
    public static IServiceCollection AddCircuitArguments(this IServiceCollection services)
    {
        var own = services.Last(d => d.ServiceType == typeof(IJSRuntime)).ImplementationType ?? throw new InvalidOperationException("The framework makes its script runtime in another way now.");
        var make = ActivatorUtilities.CreateFactory(own, []);
        return services.Replace(ServiceDescriptor.Scoped(typeof(IJSRuntime), provider =>
        {
            var runtime = make(provider, null);
            if (runtime is JSRuntime circuit)
            {
                OptionsOf(circuit).Converters.Add(Converter.Only);
            }

            return runtime;
        }));
    }

    /// <summary>What its derived types may read.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_JsonSerializerOptions")]
    private static extern JsonSerializerOptions OptionsOf(JSRuntime runtime);

    internal sealed class Converter : JsonConverter<object?[]>
    {
        public static readonly Converter Only = new();

        public override object?[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<List<object?>>(ref reader, options) ?? throw new JsonException()];

        public override void Write(Utf8JsonWriter writer, object?[] value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var argument in value)
            {
                Write(writer, argument, options);
            }

            writer.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter writer, object? argument, JsonSerializerOptions options)
        {
            switch (argument)
            {
                case null:
                    writer.WriteNullValue();
                    break;
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case bool flag:
                    writer.WriteBooleanValue(flag);
                    break;
                case int number:
                    writer.WriteNumberValue(number);
                    break;
                case long number:
                    writer.WriteNumberValue(number);
                    break;
                case IDictionary { Count: 0 }:
                    writer.WriteStartObject();
                    writer.WriteEndObject();
                    break;
                default:
                    JsonSerializer.Serialize(writer, argument, argument.GetType(), options);
                    break;
            }
        }
    }
}
