package com.example;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Hub {

    @Bean
    StorageConfig storage() {
        return HelmValues.parse("global: {storage: {data: {claimName: files}}}", "values.yaml")
                .storage();
    }
}
